import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import picomatch from 'picomatch'
import { runAgent } from '../../agent/run-agent.ts'
import { costUsdMax } from '../../base/cost.ts'
import { defined } from '../../base/defined.ts'
import { errorText } from '../../base/error-text.ts'
import { UserError } from '../../contracts/errors.ts'
import type { TrialDescriptor } from '../../contracts/events.ts'
import type { ModelProvider, Usage } from '../../contracts/model.ts'
import type { Task } from '../../contracts/task.ts'
import type { AgentEnd, Outcome, Trial } from '../../contracts/trial.ts'
import type { WorkspaceDiff } from '../../contracts/workspace.ts'
import { createTrialLog, type TrialLog } from '../../log/trial-log.ts'
import { copyTree } from '../../workspace/copy-tree.ts'
import { diffTrees, snapshotTree } from '../../workspace/snapshot-tree.ts'
import { type ComposedTrial, composeTrial, type RunContext } from './compose-trial.ts'
import { freshFolder } from './scratch-folder.ts'
import { type Verification, verifyStep } from './verify-step.ts'

export interface TrialOptions {
  context: RunContext
  trial: Trial
  /** 1 for the first attempt at this trial. */
  attempt: number
  task: Task
  logFile: string
  /** A folder of this trial alone, on this machine's temporary disk. */
  scratch: string
  redact(line: string): string
  /** Whether no other trial uses the process's CPU time. */
  isAlone: boolean
  /** Called with what each reply used and what it cost at most. */
  onReply(usage: Usage, costUsd: number | undefined): void
  /** Stops the trial wherever it is: the user has interrupted the run. */
  signal: AbortSignal
  /** Stops only the agent's part: the cost cap is reached, but what the agent has finished is still verified. */
  agentSignal: AbortSignal
}

/** All starting files have the same date, so that sorting by time does not depend on the checkout. */
const STARTING_FILES_DATE = new Date('2026-01-01T00:00:00Z')

/**
 * Runs one trial from its fresh workspace to its outcome. Never rejects for anything a task, model or script does;
 * rejects when its log cannot be written, since whatever came next would be paid for and lost.
 */
export async function runTrial(options: TrialOptions): Promise<Outcome> {
  const { context, isAlone, logFile } = options
  const startedAtMs = context.clock.nowMs()
  const cpuAtStart = process.cpuUsage()
  const log = createTrialLog({ file: logFile, clock: context.clock, redact: options.redact })
  let outcome: Outcome
  try {
    outcome = await playAndVerify(options, log)
  } catch (error) {
    outcome = { kind: 'failed', cause: { area: 'harness', message: errorText(error) } }
  }
  const cpu = process.cpuUsage(cpuAtStart)
  log.record({
    type: 'trial_end',
    outcome,
    wallMs: context.clock.nowMs() - startedAtMs,
    ...(isAlone && { cpuMs: (cpu.user + cpu.system) / 1000 }),
  })
  const closed = await log.close()
  if (!closed.ok) throw new UserError('run-invalid', `${closed.error.message}; a trial without its log does not count.`)
  return JSON.parse(options.redact(JSON.stringify(outcome))) as Outcome
}

async function playAndVerify(options: TrialOptions, log: TrialLog): Promise<Outcome> {
  const { attempt, context, scratch, signal, task, trial } = options
  const workspaceDir = await freshFolder(join(scratch, 'workspace'))
  await copyTree(task.workspaceDir, workspaceDir, { modifiedAt: STARTING_FILES_DATE })
  const before = await snapshotTree(workspaceDir)
  const composed = composeTrial({ context, trial, attempt, task, workspaceDir, log })
  log.record({
    type: 'trial_start',
    trial: describe(options, composed),
    startedAt: context.clock.date().toISOString(),
    nonce: composed.nonce,
    toolDefinitionTokens: composed.toolDefinitionTokens,
  })
  const left = new Map<string, string>()
  const end = await play(options, composed, async step => {
    await ensureFolder(workspaceDir)
    left.set(step, await keepStep(options, workspaceDir, left.size + 1))
  })
  log.record({ type: 'agent_end', end })
  await ensureFolder(workspaceDir)
  recordDiff(log, task, diffTrees(before, await snapshotTree(workspaceDir)))
  if (end.kind === 'cancelled') return { kind: 'cancelled' }
  if (end.kind === 'failed') return { kind: 'failed', cause: end.cause }
  if (end.kind === 'refused') left.set(task.steps[left.size]?.name ?? '', workspaceDir)
  const verifications = await verifyAll(options, log, left)
  return signal.aborted ? { kind: 'cancelled' } : verdict(end, verifications)
}

async function play(
  options: TrialOptions,
  { agent, model }: ComposedTrial,
  onStepEnd: (step: string) => Promise<void>,
): Promise<AgentEnd> {
  const signal = AbortSignal.any([options.signal, options.agentSignal])
  try {
    return await runAgent({ ...agent, model: countingUsage(model, options), signal, onStepEnd })
  } finally {
    await model.close?.()
  }
}

/** Without a sandbox, an agent can delete the workspace or put a link in its place; then its workspace counts as empty. */
async function ensureFolder(workspaceDir: string): Promise<void> {
  const stats = await lstat(workspaceDir).catch(() => undefined)
  if (!stats?.isDirectory()) await freshFolder(workspaceDir)
}

/** Keeps what a step left for its verifier, which runs at the end. After the last step, that is the workspace itself. */
async function keepStep({ scratch, task }: TrialOptions, workspaceDir: string, stepNumber: number): Promise<string> {
  if (stepNumber === task.steps.length) return workspaceDir
  const copy = await freshFolder(join(scratch, `left-${stepNumber}`))
  await copyTree(workspaceDir, copy, { outsideLinks: 'keep' })
  return copy
}

function describe({ context, task, trial }: TrialOptions, { model, limits }: ComposedTrial): TrialDescriptor {
  const { mechanism, policy } = context.sandbox
  return {
    id: trial.id,
    task: task.id,
    taskDigest: task.digest,
    cluster: task.cluster,
    stratum: task.stratum,
    ...defined({ callsMin: task.callsMin, looksMin: task.looksMin }),
    model: trial.model.spec,
    playerKind: model.playerKind,
    parameters: trial.model.parameters,
    ...defined({ prices: trial.model.prices }),
    arm: trial.arm,
    repeat: trial.repeat,
    block: trial.block,
    position: trial.position,
    seed: trial.seed,
    limits,
    sandbox: { mechanism, policy },
  }
}

function countingUsage(model: ModelProvider, { onReply, trial }: TrialOptions): ModelProvider {
  return {
    spec: model.spec,
    playerKind: model.playerKind,
    async ask(request, options) {
      const reply = await model.ask(request, options)
      if (reply.usage) onReply(reply.usage, trial.model.prices && costUsdMax(reply.usage, trial.model.prices))
      return reply
    },
  }
}

function recordDiff(log: TrialLog, task: Task, diff: WorkspaceDiff): void {
  const { touches } = task
  if (touches === undefined) {
    log.record({ type: 'workspace_diff', diff })
    return
  }
  const isExpected = picomatch(touches, { dot: true })
  const changed = [...diff.added, ...diff.modified, ...diff.deleted]
  log.record({ type: 'workspace_diff', diff, unexpected: changed.filter(path => !isExpected(path)) })
}

/** Every step is verified on what it left behind; steps that were never reached, on what the last one left. */
async function verifyAll(
  options: TrialOptions,
  log: TrialLog,
  left: ReadonlyMap<string, string>,
): Promise<Verification[]> {
  const { context, scratch, signal, task } = options
  const verifications: Verification[] = []
  const last = [...left.values()].at(-1) ?? join(scratch, 'workspace')
  for (const step of task.steps) {
    const verification = await verifyStep({
      task,
      step,
      leftBehind: left.get(step.name) ?? last,
      scratch: await freshFolder(join(scratch, 'verifier')),
      sandbox: context.sandbox,
      signal,
    })
    const { clauses, problem, ...facts } = verification
    log.record({
      type: 'verifier_end',
      step: step.name,
      ...facts,
      ...defined({ clauses }),
      outputTail: problem === undefined ? facts.outputTail : `${facts.outputTail}\n${problem}`.trim(),
    })
    verifications.push(verification)
  }
  return verifications
}

/** Solved = every number of every step is at least 1. A limit stays a limit, whatever the verifier says. */
function verdict(end: AgentEnd, verifications: readonly Verification[]): Outcome {
  if (end.kind === 'limited') return { kind: 'limited', limit: end.limit }
  const broken = verifications.find(verification => verification.clauses === undefined)
  if (broken !== undefined)
    return { kind: 'failed', cause: { area: 'verifier', message: broken.problem ?? 'no reward' } }
  const isSolved = verifications.every(({ clauses = {} }) => Object.values(clauses).every(reward => reward >= 1))
  if (isSolved) return { kind: 'solved' }
  return end.kind === 'refused' ? { kind: 'unsolved', cause: 'refused' } : { kind: 'unsolved' }
}
