import { digestOf } from '../../src/base/digest.ts'
import { type Random, seededRandom } from '../../src/base/random.ts'
import type { Arm } from '../../src/contracts/arm.ts'
import type { TrialDescriptor } from '../../src/contracts/events.ts'
import { expandArms } from '../../src/matrix/arms.ts'
import { williamsOrders } from '../../src/matrix/counterbalance.ts'
import { trialId } from '../../src/matrix/trial-id.ts'
import { drawTrial, type TrialFacts } from './draw-trial.ts'
import { type PlantedArm, plantArm } from './planted-arm.ts'
import type { SyntheticRun } from './synthetic-run.ts'
import { startOf, suiteOf, trialsPlannedOf } from './synthetic-suite.ts'
import type { SyntheticTask } from './synthetic-tasks.ts'

export interface SyntheticTrial {
  trial: TrialDescriptor
  facts: TrialFacts
  startedAt: string
  finishedAt: string
  /** For whatever else its log needs. */
  random: Random
}

interface PlannedArm {
  arm: Arm
  planted: PlantedArm
}

/** The finished trials one by one: repeat by repeat, all arms of a block back to back in a balanced order. */
export function* syntheticTrials(run: SyntheticRun, tasks: readonly SyntheticTask[]): Generator<SyntheticTrial> {
  const arms = expandArms(run.factors)
  const byModel = run.models.map(model => arms.map(arm => ({ arm, planted: plantArm({ run, tasks, model, arm }) })))
  const suite = suiteOf(run)
  const finished = Math.round(trialsPlannedOf(run) * run.finishedShare)
  let count = 0
  for (const { index, task, model, repeat, block, armIndex, position } of placesOf(run, tasks, arms.length)) {
    if (count === finished) return
    const { spec, playerKind } = run.models[model] as SyntheticRun['models'][number]
    const { arm, planted } = (byModel[model] as PlannedArm[])[armIndex] as PlannedArm
    const seed = digestOf({ seed: suite.seed, task: task.id, repeat }).slice(0, 16)
    const entry = { spec, parameters: {}, playerKind }
    const random = seededRandom([run.seed, task.id, spec, armIndex, repeat].join('/'))
    const trial: TrialDescriptor = {
      id: trialId({ suite, taskDigest: task.digest, model: entry, arm, repeat, seed }),
      ...{ task: task.id, taskDigest: task.digest, cluster: task.cluster, stratum: task.stratum },
      ...{ callsMin: task.callsMin, looksMin: task.looksMin, model: spec, playerKind, parameters: {} },
      ...{ ...(run.prices && { prices: run.prices }), arm, repeat, block, position, seed, limits: run.limits },
      sandbox: { mechanism: 'none', policy: 'workspace-write' },
    }
    const facts = drawTrial({ run, task, index, arm, planted, random })
    const startedAt = startOf(run, count)
    const finishedAt = startOf(run, count + 1)
    yield { trial, facts, startedAt, finishedAt, random }
    count++
  }
}

interface PlannedArm {
  arm: Arm
  planted: PlantedArm
}

function* placesOf({ repeats, models }: SyntheticRun, tasks: readonly SyntheticTask[], arms: number) {
  const orders = williamsOrders(arms)
  let block = 0
  for (let repeat = 0; repeat < repeats; repeat++)
    for (const [index, task] of tasks.entries())
      for (const model of models.keys()) {
        const order = orders[((model * tasks.length + index) * repeats + repeat) % orders.length] as number[]
        for (const [position, armIndex] of order.entries())
          yield { index, task, model, repeat, block, armIndex, position }
        block++
      }
}
