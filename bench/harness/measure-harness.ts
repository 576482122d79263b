import { availableParallelism } from 'node:os'
import { type Ceiling, ceiling } from '../measuring/ceiling.ts'
import { benchSandbox } from './bench-context.ts'
import { measureStart, type StartRow } from './measure-start.ts'
import { measureThroughput, type ThroughputRow } from './measure-throughput.ts'
import { measureTurns, type TurnRow } from './measure-turns.ts'

export interface HarnessReport {
  machine: { node: string; os: string; cpus: number; sandbox: string }
  turns: TurnRow[]
  throughput: ThroughputRow[]
  start: StartRow[]
  /** Memory of the benchmark's own process, with 16 trials in parallel. */
  peakMemoryBytes: number
  aims: Ceiling[]
}

const TURNS_PER_ROUND = 30
const TURN_MS_MAX = 5
const FIRST_RESULT_MS_MAX = 1_000
const PEAK_MEMORY_BYTES_MAX = 150 * 1024 * 1024

/** What the harness itself costs, with a model that answers immediately. More rounds give steadier figures. */
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
        .map(row => ceiling(`${row.name}: ms per turn, p50`, row.p50Ms, TURN_MS_MAX)),
      ...start.map(row =>
        ceiling(`${row.name}: ms to the first result, p50`, row.firstResultP50Ms, FIRST_RESULT_MS_MAX),
      ),
      ...start.map(row => ceiling(`${row.name}: bytes at the peak`, row.peakMemoryBytes, PEAK_MEMORY_BYTES_MAX)),
    ],
  }
}
