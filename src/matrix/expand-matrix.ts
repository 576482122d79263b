import { digestOf } from '../base/digest.ts'
import { seededRandom, shuffled } from '../base/random.ts'
import type { Arm } from '../contracts/arm.ts'
import { UserError } from '../contracts/errors.ts'
import type { ModelEntry } from '../contracts/model.ts'
import type { Suite } from '../contracts/suite.ts'
import type { Task } from '../contracts/task.ts'
import type { Trial } from '../contracts/trial.ts'
import { expandArms, type FactorDefaults } from './arms.ts'
import { williamsOrders } from './counterbalance.ts'
import { trialId } from './trial-id.ts'

const TRIALS_MAX = 1_000_000

export interface MatrixOptions {
  suite: Suite
  tasks: readonly Task[]
  factorDefaults?: FactorDefaults
}

interface Block {
  task: Task
  model: ModelEntry
  repeat: number
  /** Which of the counterbalanced orders this block runs in. */
  order: number
}

/**
 * A suite's trials in the order in which they run: repeat by repeat, so that an interrupted run has still
 * covered every task; all arms of a block back to back, in an order that is balanced over each model's blocks.
 */
export function expandMatrix({ suite, tasks, factorDefaults }: MatrixOptions): Trial[] {
  const arms = shuffled(expandArms(suite.factors, factorDefaults), seededRandom(`arms:${suite.seed}`))
  const count = tasks.length * suite.models.length * suite.repeats * arms.length
  if (count > TRIALS_MAX)
    throw new UserError(
      'suite-invalid',
      `${suite.name}: ${count} trials; expected at most ${TRIALS_MAX}. Name fewer levels or repeats.`,
    )
  const orders = williamsOrders(arms.length)
  const trials = blocksOf(suite, tasks).flatMap((block, index) =>
    (orders[block.order % orders.length] as number[]).map((armIndex, position) =>
      trialOf(suite, block, { arm: arms[armIndex] as Arm, block: index, position }),
    ),
  )
  refuseEqualIds(trials)
  return trials
}

/** A model's blocks take consecutive orders, the repeats of a task first: balanced per task, per model and over all. */
function blocksOf({ models, repeats }: Suite, tasks: readonly Task[]): Block[] {
  const blocks: Block[] = []
  for (let repeat = 0; repeat < repeats; repeat++)
    for (const [taskIndex, task] of tasks.entries())
      for (const [modelIndex, model] of models.entries())
        blocks.push({ task, model, repeat, order: (modelIndex * tasks.length + taskIndex) * repeats + repeat })
  return blocks
}

function trialOf(suite: Suite, block: Block, place: { arm: Arm; block: number; position: number }): Trial {
  const { task, model, repeat } = block
  const seed = digestOf({ seed: suite.seed, task: task.id, repeat }).slice(0, 16)
  const id = trialId({ suite, taskDigest: task.digest, model, arm: place.arm, repeat, seed })
  return { id, task: task.id, taskDigest: task.digest, model, repeat, seed, ...place }
}

function refuseEqualIds(trials: readonly Trial[]): void {
  const seen = new Map<string, Trial>()
  for (const trial of trials) {
    const other = seen.get(trial.id)
    if (other)
      throw new UserError(
        'suite-invalid',
        `duplicate trial: ${other.task} × ${other.model.spec} and ${trial.task} × ${trial.model.spec}. Name each task and model once.`,
      )
    seen.set(trial.id, trial)
  }
}
