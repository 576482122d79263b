import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { PACKAGE_DIR } from '../../src/suite/package-folder.ts'
import { peakRecorder } from '../measuring/peak-recorder.ts'
import { percentile } from '../measuring/percentile.ts'
import { BENCH_CASES, type BenchCase } from './bench-case.ts'
import { createBenchFolder } from './bench-folder.ts'

/** From the start of the real command line to its first finished trial, next to a Node process that does nothing. */
export interface StartRow {
  name: string
  runs: number
  firstResultP50Ms: number
  floorP50Ms: number
  ratio: number
  /** The largest resident memory of any run, until its very end. */
  peakMemoryBytes: number
  floorPeakMemoryBytes: number
}

interface Started {
  firstMs: number
  peakBytes: number
}

const BIN = join(PACKAGE_DIR, 'bin', 'scriptbench.js')
const FIRST_RESULT = /^1\/\d+ /m

export async function measureStart(runs: number): Promise<StartRow[]> {
  const rows: StartRow[] = []
  for (const played of BENCH_CASES.slice(0, 2)) {
    const harness: Started[] = []
    const floor: Started[] = []
    for (let run = 0; run <= runs; run++) {
      const started = [await startRun(played), await start(['--eval', '0'])] as const
      // The first run only warms the file cache up.
      if (run === 0) continue
      harness.push(started[0])
      floor.push(started[1])
    }
    rows.push(rowOf(played.name, harness, floor))
  }
  return rows
}

async function startRun(played: BenchCase): Promise<Started> {
  await using folder = await createBenchFolder(played, 1)
  return await start(
    [BIN, 'run', folder.suiteFile, '--concurrency', '1', '--out', join(folder.dir, 'run')],
    FIRST_RESULT,
  )
}

/** Runs Node until its end; without a line to wait for, the end is the first result. */
async function start(args: readonly string[], firstResult?: RegExp): Promise<Started> {
  await using folder = await createBenchFolder(BENCH_CASES[0] as BenchCase, 1)
  const peakFile = join(folder.dir, 'peak')
  const startedMs = performance.now()
  const child = spawn(process.execPath, ['--import', peakRecorder(peakFile), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  let firstMs: number | undefined
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (firstResult?.test(said)) firstMs ??= performance.now() - startedMs
  })
  const exitCode = await new Promise(resolve => child.on('error', resolve).on('close', resolve))
  if (firstResult === undefined) firstMs = performance.now() - startedMs
  if (exitCode !== 0 || firstMs === undefined) throw new Error(`${args.join(' ')} ended with ${exitCode}:\n${said}`)
  return { firstMs, peakBytes: Number(await readFile(peakFile, 'utf8')) }
}

function rowOf(name: string, harness: readonly Started[], floor: readonly Started[]): StartRow {
  const p50 = (runs: readonly Started[]) =>
    percentile(
      runs.map(({ firstMs }) => firstMs),
      0.5,
    ) as number
  const peak = (runs: readonly Started[]) => Math.max(...runs.map(({ peakBytes }) => peakBytes))
  const [firstResultP50Ms, floorP50Ms] = [p50(harness), p50(floor)]
  return {
    name,
    runs: harness.length,
    firstResultP50Ms,
    floorP50Ms,
    ratio: firstResultP50Ms / floorP50Ms,
    peakMemoryBytes: peak(harness),
    floorPeakMemoryBytes: peak(floor),
  }
}
