import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { inParallel } from '../../src/base/in-parallel.ts'
import type { Task } from '../../src/contracts/task.ts'
import type { ChosenSandbox } from '../../src/run/choose-sandbox.ts'
import { planRun } from '../../src/run/suite/plan-run.ts'
import { runSuite } from '../../src/run/suite/run-suite.ts'
import { freshFolder } from '../../src/run/trial/scratch-folder.ts'
import { verifyStep } from '../../src/run/trial/verify-step.ts'
import { copyTree } from '../../src/workspace/copy-tree.ts'
import { BENCH_CASES, type BenchCase } from './bench-case.ts'
import { benchSandbox } from './bench-context.ts'
import { type BenchFolder, createBenchFolder, TURNS_PLAYED } from './bench-folder.ts'
import { createDirectCalls } from './direct-calls.ts'

/** Whole trials, from the fresh workspace to the verdict, next to the same calls and checks in a plain loop. */
export interface ThroughputRow {
  concurrency: number
  trials: number
  trialsPerMinute: number
  floorTrialsPerMinute: number
  /** The floor's rate over the harness's. */
  ratio: number
}

const PLAYED = BENCH_CASES[0] as BenchCase
const CONCURRENCIES = [1, 4, 16]
const TRIALS_MIN = 12

export async function measureThroughput(scale: number): Promise<ThroughputRow[]> {
  const rows: ThroughputRow[] = []
  for (const concurrency of CONCURRENCIES) {
    const trials = Math.max(concurrency, Math.round(scale * Math.max(TRIALS_MIN, concurrency * 3)))
    await using folder = await createBenchFolder(PLAYED, trials)
    const perMinute = (durationMs: number) => (trials * 60_000) / durationMs
    const harness = perMinute(await runTrials(folder, concurrency))
    const floor = perMinute(await runFloor(folder, { concurrency, trials }))
    rows.push({ concurrency, trials, trialsPerMinute: harness, floorTrialsPerMinute: floor, ratio: floor / harness })
  }
  return rows
}

/** Milliseconds from the first trial's start to the end of the last one. */
async function runTrials({ dir, suiteFile }: BenchFolder, concurrency: number): Promise<number> {
  const plan = await planRun({ suiteFile, overrides: {}, environment: {} })
  let startedMs = performance.now()
  const { finished, planned } = await runSuite({
    plan,
    outDir: join(dir, 'run'),
    concurrency,
    environment: {},
    onProgress: ({ type }) => {
      if (type === 'run-start') startedMs = performance.now()
    },
    signal: new AbortController().signal,
  })
  if (finished < planned) throw new Error(`only ${finished} of ${planned} trials of the benchmark finished`)
  return performance.now() - startedMs
}

interface FloorOptions {
  concurrency: number
  trials: number
}

async function runFloor(folder: BenchFolder, { concurrency, trials }: FloorOptions): Promise<number> {
  const plan = await planRun({ suiteFile: folder.suiteFile, overrides: {}, environment: {} })
  const [task] = plan.tasks.values()
  const sandbox = await benchSandbox()
  const startedMs = performance.now()
  await inParallel(Array.from({ length: trials }), concurrency, (_, trial) =>
    plainTrial(task as Task, sandbox, join(folder.dir, `floor-${trial}`)),
  )
  return performance.now() - startedMs
}

async function plainTrial(task: Task, sandbox: ChosenSandbox, scratch: string): Promise<void> {
  const workspaceDir = await freshFolder(join(scratch, 'workspace'))
  await copyTree(task.workspaceDir, workspaceDir)
  const perform = createDirectCalls(workspaceDir, sandbox)
  for (let turn = 0; turn < TURNS_PLAYED; turn++) await perform(PLAYED.calls)
  for (const step of task.steps) {
    const checks = join(scratch, 'verifier')
    const signal = new AbortController().signal
    await verifyStep({ task, step, leftBehind: workspaceDir, scratch: checks, sandbox, signal })
  }
}
