import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { defined } from '../../base/defined.ts'
import { playerTraits } from '../../base/models/player-kind.ts'
import { MODE_TRAITS } from '../../contracts/arm.ts'
import { UserError } from '../../contracts/errors.ts'
import type { PlayerKind } from '../../contracts/model.ts'
import {
  SCRIPT_LIMITS_DEFAULT,
  type ScriptEngine,
  type ScriptRequest,
  type TypeChecker,
} from '../../contracts/script.ts'
import type { Outcome, Trial } from '../../contracts/trial.ts'
import { appendJournal, readJournal } from '../../log/journal.ts'
import { writeManifest } from '../../log/manifest.ts'
import { redactSecrets } from '../../log/redact-secrets.ts'
import { runFiles } from '../../log/run-files.ts'
import { selectTrials } from '../../matrix/select-trials.ts'
import { createTokenCounter } from '../../model/token-counter.ts'
import { createScriptEngine } from '../../script-engine/create-script-engine.ts'
import { type ChosenSandbox, chooseSandbox } from '../choose-sandbox.ts'
import { openTypeChecker } from '../open-type-checker.ts'
import type { AskPerson } from '../single/approval-gate.ts'
import { systemClock } from '../system-clock.ts'
import type { RunContext } from '../trial/compose-trial.ts'
import { runTrial, type TrialOptions } from '../trial/run-trial.ts'
import { createScratchFolder } from '../trial/scratch-folder.ts'
import { checkPlayers } from './check-players.ts'
import { createRunManifest, type ManifestParts } from './create-run-manifest.ts'
import type { RunPlan } from './plan-run.ts'
import { earlierManifest, keepEarlierAttempt, makeRunFolder } from './run-folder.ts'
import { lockRun } from './run-lock.ts'
import { addToSpent, type Spent, spentSoFar } from './spent.ts'

/** What a progress display is shown. */
export type RunProgress =
  | { type: 'run-start'; planned: number; alreadyDone: number; toRun: number; sandbox: ChosenSandbox }
  | { type: 'trial-start'; trial: Trial }
  /** Part of what a trial's command prints while it runs. */
  | { type: 'tool-output'; trial: Trial; text: string }
  | { type: 'trial-end'; trial: Trial; outcome: Outcome; done: number; toRun: number; spent: Readonly<Spent> }

export interface RunSuiteOptions {
  plan: RunPlan
  outDir: string
  concurrency: number
  environment: Readonly<Record<string, string | undefined>>
  onProgress(progress: RunProgress): void
  askPerson?: AskPerson
  signal: AbortSignal
}

export interface RunSummary {
  planned: number
  /** Trials of the plan that are scored, earlier starts of the run included. */
  finished: number
  failed: number
  /** Set when the cost cap stopped the run before all trials. */
  stoppedByCost: boolean
  sandbox: ChosenSandbox
}

interface CheckedOptions extends RunSuiteOptions {
  /** Present when an arm checks types. */
  typeChecker?: TypeChecker
}

/** Runs the trials of a plan that the run folder lacks: blocks in parallel, the arms of a block one after the other. */
export async function runSuite(options: RunSuiteOptions): Promise<RunSummary> {
  const { environment, outDir, plan } = options
  const playerKinds = await checkPlayers(plan, environment)
  const trustsAll = [...playerKinds.values()].every(kind => playerTraits(kind).isTrusted)
  const sandbox = await chooseSandbox({ ...plan.suite.sandbox, isTrusted: trustsAll, isMeasured: true })
  const typeChecker = await openTypeChecker(plan.trials)
  try {
    await makeRunFolder(outDir)
    const lock = await lockRun(outDir)
    try {
      return await runLocked({ ...options, ...(typeChecker && { typeChecker }) }, sandbox, playerKinds)
    } finally {
      await lock.release()
    }
  } finally {
    await typeChecker?.close()
  }
}

async function runLocked(
  options: CheckedOptions,
  sandbox: ChosenSandbox,
  playerKinds: ReadonlyMap<string, PlayerKind>,
): Promise<RunSummary> {
  const { onProgress, outDir, plan } = options
  const files = runFiles(outDir)
  const journal = await readJournal(files.journal)
  if (!journal.ok) throw new UserError('run-invalid', journal.error.message)
  const finishedIds = [...journal.value.entries.values()]
    .filter(entry => entry.outcome.kind !== 'failed')
    .map(entry => entry.trial)
  const toRun = selectTrials(plan.trials, finishedIds)
  const trialsPlanned = new Set([...plan.trials.map(trial => trial.id), ...journal.value.entries.keys()]).size
  const trialsDone = journal.value.entries.size
  await saveManifest(options, { plan, sandbox, playerKinds, trialsPlanned, trialsDone })
  const alreadyDone = plan.trials.length - toRun.length
  onProgress({ type: 'run-start', planned: plan.trials.length, alreadyDone, toRun: toRun.length, sandbox })
  const spent = await spentSoFar(outDir)
  const outcomes = toRun.length === 0 ? [] : await runTrials({ ...options, sandbox, toRun, spent })
  const failed = outcomes.filter(outcome => outcome.kind === 'failed').length
  const cancelled = outcomes.filter(outcome => outcome.kind === 'cancelled').length
  const finished = alreadyDone + outcomes.length - failed - cancelled
  return {
    planned: plan.trials.length,
    finished,
    failed,
    stoppedByCost: finished + failed < plan.trials.length && isSpent(plan, spent),
    sandbox,
  }
}

function isSpent({ suite }: RunPlan, { usd }: Spent): boolean {
  return suite.runCostUsdMax !== undefined && usd >= suite.runCostUsdMax
}

async function saveManifest(
  { outDir, plan }: RunSuiteOptions,
  parts: Omit<ManifestParts, 'before' | 'createdAt' | 'startedAt'>,
): Promise<void> {
  const before = await earlierManifest(outDir, plan.suite.name)
  const startedAt = systemClock.date().toISOString()
  const createdAt = before?.createdAt ?? startedAt
  const manifest = createRunManifest({ ...parts, createdAt, startedAt, ...(before && { before }) })
  const written = await writeManifest(runFiles(outDir).manifest, manifest)
  if (!written.ok) throw new UserError('run-invalid', written.error.message)
}

interface TrialsOptions extends CheckedOptions {
  sandbox: ChosenSandbox
  toRun: readonly Trial[]
  spent: Spent
}

async function runTrials(options: TrialsOptions): Promise<Outcome[]> {
  const { concurrency, environment, plan, spent, toRun } = options
  const blocks = [...Map.groupBy(toRun, trial => trial.block).values()]
  const slots = Math.min(concurrency, blocks.length)
  const scratch = await createScratchFolder()
  const engine = createScriptEngine({ workers: slots })
  const broken = new AbortController()
  const costStop = new AbortController()
  const stopAtCap = () => isSpent(plan, spent) && costStop.abort()
  stopAtCap()
  const outcomes: Outcome[] = []
  const parts: Omit<OneOptions, 'scratch'> = {
    ...options,
    context: await contextOf(options, engine),
    redact: redactSecrets(secretsOf(environment)),
    signal: AbortSignal.any([options.signal, broken.signal]),
    agentSignal: costStop.signal,
    onReply(usage, usd) {
      addToSpent(spent, usage, usd)
      stopAtCap()
    },
  }
  const work = async (slot: number): Promise<void> => {
    for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
      for (const trial of block) {
        if (parts.signal.aborted || costStop.signal.aborted) return
        const outcome = await runOne({ ...parts, scratch: join(scratch.path, String(slot)) }, trial)
        outcomes.push(outcome)
        options.onProgress({ type: 'trial-end', trial, outcome, done: outcomes.length, toRun: toRun.length, spent })
      }
    }
  }
  try {
    if (toRun.some(({ arm }) => MODE_TRAITS[arm.mode].action === 'script')) await warmUp(engine, slots)
    await allOrStop(slots, work, broken)
  } finally {
    await engine.close()
    await scratch.release()
  }
  return outcomes
}

/** Starting threads and compiling take half a second once; which the first arm of a run must not pay for. */
async function warmUp(engine: ScriptEngine, slots: number): Promise<void> {
  const script: Omit<ScriptRequest, 'seed'> = {
    source: 'const ready: boolean = true\nreturn ready',
    tools: [],
    call: async () => ({ ok: false, error: { code: 'unknown-tool', message: '' } }),
    context: { workingDirectory: '/', conversationId: 'warm-up', limits: {}, env: {} },
    limits: SCRIPT_LIMITS_DEFAULT,
    nowMs: 0,
    callIdPrefix: '',
  }
  await Promise.all(Array.from({ length: slots }, (_, slot) => engine.run({ ...script, seed: String(slot) })))
}

/** Runs the slots; when one throws, the others stop before this rejects, so that nothing keeps running. */
async function allOrStop(slots: number, work: (slot: number) => Promise<void>, broken: AbortController): Promise<void> {
  const works = Array.from({ length: slots }, (_, slot) =>
    work(slot).catch((error: unknown) => {
      broken.abort(error)
      throw error
    }),
  )
  await Promise.allSettled(works)
  await Promise.all(works)
}

async function contextOf(
  { askPerson, environment, onProgress, plan, sandbox, typeChecker }: TrialsOptions,
  engine: ScriptEngine,
): Promise<RunContext> {
  return {
    run: randomUUID(),
    suite: plan.suite,
    factorModules: plan.factorModules,
    engine,
    sandbox,
    clock: systemClock,
    countTokens: await createTokenCounter(),
    environment,
    onToolOutput: (trial, text) => onProgress({ type: 'tool-output', trial, text }),
    ...defined({ askPerson, typeChecker }),
  }
}

interface OneOptions extends TrialsOptions {
  context: RunContext
  redact(line: string): string
  onReply: TrialOptions['onReply']
  agentSignal: AbortSignal
  scratch: string
}

async function runOne(options: OneOptions, trial: Trial): Promise<Outcome> {
  const { concurrency, onProgress, outDir, plan } = options
  const files = runFiles(outDir)
  const task = plan.tasks.get(trial.task)
  if (task === undefined) throw new Error(`no task ${trial.task} in the plan`)
  onProgress({ type: 'trial-start', trial })
  const attempt = (await keepEarlierAttempt(outDir, trial.id)) + 1
  const isAlone = concurrency === 1
  const outcome = await runTrial({ ...options, trial, attempt, task, logFile: files.trialLog(trial.id), isAlone })
  if (outcome.kind !== 'cancelled') {
    const entry = { trial: trial.id, outcome, finishedAt: systemClock.date().toISOString() }
    const written = await appendJournal(files.journal, entry)
    if (!written.ok) throw new UserError('run-invalid', written.error.message)
  }
  return outcome
}

function secretsOf(environment: RunSuiteOptions['environment']): string[] {
  return Object.entries(environment).flatMap(([name, value]) => (SECRET_NAME.test(name) && value ? [value] : []))
}

const SECRET_NAME = /KEY|SECRET|TOKEN|PASSW|CREDENTIAL|_(PAT|AUTH|PASS)$/i
