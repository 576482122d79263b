import { join } from 'node:path'
import { BUILT_IN_FACTORS, MODES } from '../../contracts/arm.ts'
import type { SandboxMechanism } from '../../contracts/os-sandbox.ts'
import { type Suite, TRIAL_LIMITS_DEFAULT } from '../../contracts/suite.ts'
import type { Task } from '../../contracts/task.ts'
import type { Outcome, Trial } from '../../contracts/trial.ts'
import { createTokenCounter } from '../../model/token-counter.ts'
import { createScriptEngine } from '../../script-engine/create-script-engine.ts'
import { chooseSandbox } from '../choose-sandbox.ts'
import { systemClock } from '../system-clock.ts'
import type { RunContext } from '../trial/compose-trial.ts'
import { runTrial } from '../trial/run-trial.ts'
import { createScratchFolder } from '../trial/scratch-folder.ts'

/** How one player did on one task. `expected` is the outcome that a sound task gives every time. */
export interface Proof {
  player: 'oracle' | 'nop'
  mode: string
  expected: 'solved' | 'unsolved'
  outcomes: Outcome[]
  isUnanimous: boolean
}

export interface TaskValidation {
  task: string
  isValid: boolean
  proofs: Proof[]
}

export interface ValidateOptions {
  tasks: readonly Task[]
  repeats: number
  sandbox: 'auto' | SandboxMechanism
  onTask(validation: TaskValidation): void
  signal: AbortSignal
}

/** Limits that no correct solution reaches, so that only the task itself is judged. */
const LIMITS = { ...TRIAL_LIMITS_DEFAULT, turnsMax: 2_000, toolCallsMax: 10_000 }

/** Validates each task: the oracle must solve it in every mode every time, and doing nothing must never solve it. */
export async function validateTasks(options: ValidateOptions): Promise<TaskValidation[]> {
  const sandbox = await chooseSandbox({
    mechanism: options.sandbox,
    policy: 'workspace-write',
    isTrusted: true,
    isMeasured: false,
  })
  const engine = createScriptEngine({ workers: 2 })
  const scratch = await createScratchFolder()
  const context: RunContext = {
    run: 'validate',
    suite: suiteFor(options),
    factorModules: [],
    engine,
    sandbox,
    clock: systemClock,
    countTokens: await createTokenCounter(),
    environment: {},
  }
  const queue = [...options.tasks]
  const validations: TaskValidation[] = []
  const worker = async (slot: number): Promise<void> => {
    for (let task = queue.shift(); task !== undefined && !options.signal.aborted; task = queue.shift()) {
      const validation = await validateTask({ context, options, task, scratch: join(scratch.path, String(slot)) })
      validations.push(validation)
      options.onTask(validation)
    }
  }
  try {
    await Promise.all([worker(1), worker(2)])
  } finally {
    await engine.close()
    await scratch.release()
  }
  return validations.sort((left, right) => (left.task < right.task ? -1 : 1))
}

interface TaskOptions {
  context: RunContext
  options: ValidateOptions
  task: Task
  scratch: string
}

async function validateTask(parts: TaskOptions): Promise<TaskValidation> {
  const proofs: Proof[] = []
  for (const mode of MODES) proofs.push(await prove(parts, { player: 'oracle', mode, expected: 'solved' }))
  proofs.push(await prove(parts, { player: 'nop', mode: MODES[0], expected: 'unsolved' }))
  return { task: parts.task.id, isValid: proofs.every(proof => proof.isUnanimous), proofs }
}

type Claim = Pick<Proof, 'player' | 'expected'> & { mode: (typeof MODES)[number] }

async function prove({ context, options, task, scratch }: TaskOptions, claim: Claim): Promise<Proof> {
  const outcomes: Outcome[] = []
  for (let repeat = 0; repeat < options.repeats; repeat++) {
    const outcome = await runTrial({
      context,
      trial: trialFor(task, claim, repeat),
      attempt: 1,
      task,
      logFile: join(scratch, 'events.jsonl'),
      scratch: join(scratch, 'trial'),
      redact: line => line,
      isAlone: false,
      onReply: () => undefined,
      signal: options.signal,
      agentSignal: options.signal,
    })
    outcomes.push(outcome)
  }
  return { ...claim, outcomes, isUnanimous: outcomes.every(outcome => outcome.kind === claim.expected) }
}

function trialFor(task: Task, { player, mode }: Claim, repeat: number): Trial {
  const defaults = Object.entries(BUILT_IN_FACTORS).map(([name, levels]) => [name, levels[0]])
  return {
    id: `validate-${player}-${mode}-${repeat}`,
    task: task.id,
    taskDigest: task.digest,
    model: { spec: player, parameters: {} },
    arm: { ...Object.fromEntries(defaults), mode, custom: {} },
    repeat,
    block: 0,
    position: 0,
    seed: `validate/${task.id}/${repeat}`,
  }
}

function suiteFor({ sandbox }: ValidateOptions): Suite {
  return {
    name: 'validate',
    file: '',
    tasks: [],
    tasksDir: '',
    models: [],
    factors: [],
    repeats: 1,
    limits: LIMITS,
    approval: { policy: 'never', answer: 'deny' },
    sandbox: { mechanism: sandbox, policy: 'workspace-write' },
    seed: 1,
  }
}
