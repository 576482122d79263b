import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { PACKAGE_DIR } from '../../src/suite/package-folder.ts'
import { type Ceiling, ceiling } from '../measuring/ceiling.ts'
import { type Machine, thisMachine } from '../measuring/machine.ts'
import { peakRecorder } from '../measuring/peak-recorder.ts'
import { describeSyntheticRun, type SyntheticRun } from '../synthetic/synthetic-run.ts'
import { writeSyntheticRun } from '../synthetic/write-synthetic-run.ts'

export const REPORT_TRIALS = [1_000, 10_000, 100_000]
const MEGABYTE = 1024 * 1024
const PEAK_MEGABYTES_AIM = 500
/** 1 is a straight line; below 1, start-up is shared by more trials. */
const LINEARITY_AIM = 1.5

const BIN = join(PACKAGE_DIR, 'bin', 'scriptbench.js')
const MODELS = 2
const ARMS = 2
const REPEATS_MIN = 5
const TASKS_MAX = 500
const CELL = MODELS * ARMS
const ERROR_TAIL_CHARACTERS = 2_000

export interface ReportRow {
  trials: number
  tasks: number
  /** Size of all logs together. */
  logBytes: number
  generateMs: number
  reportMs: number
  msPerTrial: number
  peakBytes: number
}

export interface ReportBench {
  machine: Machine
  rows: ReportRow[]
  aims: Ceiling[]
}

interface MeasureInput {
  trials: readonly number[]
  signal?: AbortSignal
  onRow?: (row: ReportRow) => void
}

/** Time and memory of `scriptbench report` on runs of these sizes, each in a process of its own. */
export async function measureReport({ trials, signal, onRow }: MeasureInput): Promise<ReportBench> {
  const rows: ReportRow[] = []
  for (const size of [...trials].sort((left, right) => left - right)) {
    const row = await measureSize(size, signal)
    rows.push(row)
    onRow?.(row)
  }
  return { machine: thisMachine(), rows, aims: aimsOf(rows) }
}

export function aimsOf(rows: readonly ReportRow[]): Ceiling[] {
  const peak = Math.max(...rows.map(row => row.peakBytes)) / MEGABYTE
  const [before, largest] = rows.slice(-2)
  return [
    ceiling('peak memory in MB', peak, PEAK_MEGABYTES_AIM),
    ...(before === undefined || largest === undefined
      ? []
      : [
          ceiling(
            'time per trial, largest run divided by the one before',
            largest.msPerTrial / before.msPerTrial,
            LINEARITY_AIM,
          ),
        ]),
  ]
}

/** Two models and two arms of small trials; up to 500 tasks, then more repeats. */
export function runOfSize(trials: number): SyntheticRun {
  const tasks = Math.max(1, Math.min(TASKS_MAX, Math.floor(trials / (CELL * REPEATS_MIN))))
  const repeats = Math.max(1, Math.round(trials / (tasks * CELL)))
  return describeSyntheticRun({
    ...{ name: 'synthetic-bench', tasks, repeats },
    models: [
      { spec: 'synthetic/first', playerKind: 'recorded' },
      { spec: 'synthetic/second', playerKind: 'recorded', strength: 0.5 },
    ],
    effects: [{ when: { mode: 'script-tool' }, solvedPoints: 5, turnsRatio: 0.8, tokensRatio: 0.8, lostShare: 0.01 }],
    limits: { turnsMax: 10, toolCallsMax: 400, wallTimeMs: 15 * 60_000, observationTokensMax: 10_000 },
    spread: { turnsTypical: 3, taskSpread: 0.3, callsMax: 4 },
  })
}

async function measureSize(trials: number, signal: AbortSignal | undefined): Promise<ReportRow> {
  await using folder = await createRunFolder()
  const run = runOfSize(trials)
  const startedMs = performance.now()
  const written = await writeSyntheticRun(folder.runDir, run, signal)
  const generateMs = performance.now() - startedMs
  const { reportMs, peakBytes } = await runReport(folder, signal)
  return {
    ...{ trials: written.trials, tasks: run.tasks, logBytes: written.bytes, generateMs, reportMs },
    ...{ msPerTrial: reportMs / written.trials, peakBytes },
  }
}

interface RunFolder extends AsyncDisposable {
  runDir: string
  peakFile: string
}

/** Gone after use, also when the process is ended half-way. */
async function createRunFolder(): Promise<RunFolder> {
  const dir = await mkdtemp(join(tmpdir(), 'scriptbench-report-'))
  const remove = () => rmSync(dir, { recursive: true, force: true })
  process.on('exit', remove)
  return {
    runDir: join(dir, 'run'),
    peakFile: join(dir, 'peak'),
    async [Symbol.asyncDispose]() {
      await rm(dir, { recursive: true, force: true })
      process.off('exit', remove)
    },
  }
}

async function runReport({ runDir, peakFile }: RunFolder, signal: AbortSignal | undefined) {
  signal?.throwIfAborted()
  const startedMs = performance.now()
  const child = spawn(process.execPath, ['--import', peakRecorder(peakFile), BIN, 'report', runDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal && { signal }),
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-ERROR_TAIL_CHARACTERS)
  })
  let problem: Error | undefined
  const exitCode = await new Promise<number | null>(resolve => {
    child.on('error', error => {
      problem = error
    })
    child.on('close', resolve)
  })
  signal?.throwIfAborted()
  if (problem !== undefined || exitCode !== 0) {
    throw new Error(`scriptbench report ended with ${exitCode}: ${problem?.message ?? ''}\n${said}`)
  }
  return { reportMs: performance.now() - startedMs, peakBytes: Number(await readFile(peakFile, 'utf8')) }
}
