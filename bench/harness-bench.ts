import { availableParallelism } from 'node:os'
import { benchSandbox } from './bench-context.ts'
import { measureStart, type StartRow } from './cli-start.ts'
import { measureThroughput, type ThroughputRow } from './throughput.ts'
import { measureTurns, type TurnRow } from './turn-times.ts'

/** A figure the harness should reach, and whether it does here. */
export interface Aim {
  name: string
  measured: number
  max: number
  isMet: boolean
}

export interface HarnessReport {
  machine: { node: string; os: string; cpus: number; sandbox: string }
  turns: TurnRow[]
  throughput: ThroughputRow[]
  start: StartRow[]
  /** Of the benchmark's own process, with 16 trials at once. */
  peakMemoryBytes: number
  aims: Aim[]
}

const TURNS_PER_ROUND = 30
const TURN_MS_MAX = 5
const FIRST_RESULT_MS_MAX = 1_000
const PEAK_MEMORY_BYTES_MAX = 150 * 1024 * 1024

/** What the harness itself costs, with a model that answers at once. More rounds give steadier figures. */
export async function measureHarness({ rounds }: { rounds: number }): Promise<HarnessReport> {
  const start = await measureStart(rounds)
  const turns = await measureTurns({ rounds, turnsPerRound: TURNS_PER_ROUND })
  const throughput = await measureThroughput(rounds / 5)
  const { mechanism } = await benchSandbox()
  return {
    machine: { node: process.version, os: process.platform, cpus: availableParallelism(), sandbox: mechanism },
    turns,
    throughput,
    start,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    aims: [
      ...turns
        .filter(({ name }) => name.endsWith('reads'))
        .map(row => aim(`${row.name}: ms a turn, p50`, row.p50Ms, TURN_MS_MAX)),
      ...start.map(row => aim(`${row.name}: ms to the first result, p50`, row.firstResultP50Ms, FIRST_RESULT_MS_MAX)),
      ...start.map(row => aim(`${row.name}: bytes at the peak`, row.peakMemoryBytes, PEAK_MEMORY_BYTES_MAX)),
    ],
  }
}

function aim(name: string, measured: number, max: number): Aim {
  return { name, measured, max, isMet: measured <= max }
}
