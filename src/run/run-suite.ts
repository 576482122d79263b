import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../contracts/errors.ts'
import type { PlayerKind } from '../contracts/model.ts'
import type { Outcome, Trial } from '../contracts/trial.ts'
import { appendJournal, readJournal } from '../log/journal.ts'
import { readManifest, writeManifest } from '../log/manifest.ts'
import { redactSecrets } from '../log/redact-secrets.ts'
import { runFiles } from '../log/run-files.ts'
import { selectTrials } from '../matrix/select-trials.ts'
import { createTokenCounter } from '../model/token-counter.ts'
import { createScriptEngine } from '../script-engine/create-script-engine.ts'
import type { AskPerson } from './approval-gate.ts'
import { checkPlayers } from './check-players.ts'
import { type ChosenSandbox, chooseSandbox } from './choose-sandbox.ts'
import type { RunContext } from './compose-trial.ts'
import { createRunManifest } from './create-run-manifest.ts'
import type { RunPlan } from './plan-run.ts'
import { isTrusted } from './players.ts'
import { lockRun } from './run-lock.ts'
import { runTrial } from './run-trial.ts'
import { createScratchFolder, removeTree } from './scratch-folder.ts'
import { spentUsd } from './spent.ts'
import { systemClock } from './system-clock.ts'

/** What a progress display is told. */
export type RunProgress =
  | { type: 'run-start'; planned: number; alreadyDone: number; toRun: number; sandbox: ChosenSandbox }
  | { type: 'trial-start'; trial: Trial }
  | { type: 'trial-end'; trial: Trial; outcome: Outcome; done: number; toRun: number; spentUsd?: number }

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
  /** Trials of the plan with a verdict or a limit, earlier runs included. */
  finished: number
  failed: number
  /** Set when the run's cost cap stopped it. */
  stoppedByCost: boolean
  sandbox: ChosenSandbox
}

/** Runs what the run folder lacks of a plan: blocks in parallel, the arms of a block one after the other. */
export async function runSuite(options: RunSuiteOptions): Promise<RunSummary> {
  const { environment, outDir, plan } = options
  const playerKinds = await checkPlayers(plan, environment)
  const trustsAll = [...playerKinds.values()].every(isTrusted)
  const sandbox = await chooseSandbox({ ...plan.suite.sandbox, isTrusted: trustsAll, isMeasured: true })
  await mkdir(outDir, { recursive: true })
  const lock = await lockRun(outDir)
  try {
    return await runLocked(options, sandbox, playerKinds)
  } finally {
    await lock.release()
  }
}

async function runLocked(
  options: RunSuiteOptions,
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
  await saveManifest(files.manifest, plan, sandbox, playerKinds)
  const alreadyDone = plan.trials.length - toRun.length
  onProgress({ type: 'run-start', planned: plan.trials.length, alreadyDone, toRun: toRun.length, sandbox })
  const spent = await spentUsd(outDir, journal.value.entries.keys())
  const outcomes = toRun.length === 0 ? [] : await runTrials({ ...options, sandbox, toRun, spent })
  const failed = outcomes.filter(outcome => outcome.kind === 'failed').length
  const cancelled = outcomes.filter(outcome => outcome.kind === 'cancelled').length
  return {
    planned: plan.trials.length,
    finished: alreadyDone + outcomes.length - failed - cancelled,
    failed,
    stoppedByCost: plan.suite.runCostUsdMax !== undefined && spent.usd >= plan.suite.runCostUsdMax,
    sandbox,
  }
}

async function saveManifest(
  file: string,
  plan: RunPlan,
  sandbox: ChosenSandbox,
  playerKinds: ReadonlyMap<string, PlayerKind>,
): Promise<void> {
  const before = await readManifest(file)
  const createdAt = before.ok ? before.value.createdAt : systemClock.date().toISOString()
  const manifest = createRunManifest({ plan, sandbox, playerKinds, createdAt })
  const written = await writeManifest(file, manifest)
  if (!written.ok) throw new UserError('run-invalid', written.error.message)
}

interface TrialsOptions extends RunSuiteOptions {
  sandbox: ChosenSandbox
  toRun: readonly Trial[]
  spent: { usd: number }
}

async function runTrials(options: TrialsOptions): Promise<Outcome[]> {
  const { askPerson, concurrency, environment, plan, sandbox, spent, toRun } = options
  const engine = createScriptEngine({ workers: concurrency })
  const scratch = await createScratchFolder()
  const context: RunContext = {
    suite: plan.suite,
    factorModules: plan.factorModules,
    engine,
    sandbox,
    clock: systemClock,
    countTokens: await createTokenCounter(),
    environment,
    ...(askPerson !== undefined && { askPerson }),
  }
  const costStop = new AbortController()
  const signal = AbortSignal.any([options.signal, costStop.signal])
  const secrets = Object.entries(environment).flatMap(([name, value]) => (isSecretName(name) && value ? [value] : []))
  const redact = redactSecrets(secrets)
  const outcomes: Outcome[] = []
  const cap = plan.suite.runCostUsdMax
  const onCost = (usd: number) => {
    spent.usd += usd
    if (cap !== undefined && spent.usd >= cap) costStop.abort()
  }
  if (cap !== undefined && spent.usd >= cap) costStop.abort()

  const blocks = [...Map.groupBy(toRun, trial => trial.block).values()]
  const worker = async (slot: number): Promise<void> => {
    for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
      for (const trial of block) {
        if (signal.aborted) return
        outcomes.push(
          await runOne(
            { ...options, context, redact, onCost, signal, scratch: join(scratch.path, String(slot)) },
            trial,
            outcomes,
          ),
        )
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: concurrency }, (_, slot) => worker(slot)))
  } finally {
    await engine.close()
    await scratch.release()
  }
  return outcomes
}

interface OneOptions extends TrialsOptions {
  context: RunContext
  redact(line: string): string
  onCost(usd: number): void
  scratch: string
}

async function runOne(options: OneOptions, trial: Trial, earlier: readonly Outcome[]): Promise<Outcome> {
  const { concurrency, context, onProgress, outDir, plan, spent, toRun } = options
  const files = runFiles(outDir)
  const task = plan.tasks.get(trial.task)
  if (task === undefined) throw new Error(`no task ${trial.task} in the plan`)
  onProgress({ type: 'trial-start', trial })
  await removeTree(files.trialDir(trial.id))
  const outcome = await runTrial({
    context,
    trial,
    task,
    logFile: files.trialLog(trial.id),
    scratch: options.scratch,
    redact: options.redact,
    isAlone: concurrency === 1,
    onCost: options.onCost,
    signal: options.signal,
  })
  if (outcome.kind !== 'cancelled') {
    const entry = { trial: trial.id, outcome, finishedAt: systemClock.date().toISOString() }
    const written = await appendJournal(files.journal, entry)
    if (!written.ok) throw new UserError('run-invalid', written.error.message)
  }
  onProgress({
    type: 'trial-end',
    trial,
    outcome,
    done: earlier.length + 1,
    toRun: toRun.length,
    ...(spent.usd > 0 && { spentUsd: spent.usd }),
  })
  return outcome
}

function isSecretName(name: string): boolean {
  return /KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL/i.test(name)
}
