import { defined } from '../base/defined.ts'
import type { Suite } from '../contracts/suite.ts'
import type { Task } from '../contracts/task.ts'
import type { Trial } from '../contracts/trial.ts'
import type { Forecast } from '../matrix/forecast.ts'
import type { TrialMetrics } from '../metrics/trial-metrics.ts'
import {
  type PairedDesign,
  plannedMinimumDetectableEffect,
  tasksNeeded,
  trialsNeeded,
} from '../statistics/hypotheses/minimum-detectable-effect.ts'
import { clusterSizes } from './cluster-effect.ts'
import { designsOf } from './designs.ts'
import { type Effect, effectSize } from './effect.ts'
import { isModel } from './pilot.ts'
import { pilotFacts, pilotWarnings } from './pilot-facts.ts'
import {
  type BudgetPlan,
  type Detectable,
  type Needed,
  type NeededSize,
  PLANNED_METRICS,
  type Plan,
  type PlannedContrast,
  type PlannedMetric,
  type PlannedSize,
} from './plan.ts'
import { spendBasis, spendOf } from './spend.ts'

export interface PlanInput {
  suite: Suite
  tasks: readonly Task[]
  /** All trials of the suite, as they would be run. */
  trials: readonly Trial[]
  forecast: Forecast
  /** Absent: nothing to compare. */
  contrast?: PlannedContrast
  /** All trials of a run that was made before. */
  pilot?: readonly TrialMetrics[]
  effect?: Effect
  power: number
  budgetUsd?: number
  /** What one more task costs to make. */
  taskCostUsd?: number
  /** Blocks that run at the same time. */
  concurrency: number
}

const ALPHA = 0.05
const REPEATS_SHOWN = [1, 2, 3, 5, 10]
/** The largest number that a suite can ask for. */
const REPEATS_MAX = 1000

/** How large a run is, what it can find, and what it costs. Nothing is run, and nothing is asked. */
export function planSuite(input: PlanInput): Plan {
  const { suite, tasks, trials, contrast, pilot, power, concurrency, effect, budgetUsd } = input
  const models = pilot?.filter(isModel) ?? []
  const counted = models.length > 0 ? models : pilot
  const clusters = tasks.map(task => task.cluster)
  const designs = designsOf(defined({ clusters, contrast, pilot: counted }))
  const spend = spendBasis(defined({ trials, forecast: input.forecast, pilot }))
  const armCount = trials.length / (tasks.length * suite.models.length * suite.repeats)
  const levels = contrast ? (suite.factors.find(({ name }) => name === contrast.factor)?.levels.length ?? 1) : 1
  const sizer: Sizer = {
    ...{ designs, spend, power, concurrency, combinations: armCount / levels },
    trialsPerUnit: armCount * suite.models.length,
  }
  const planned = sizeOf(sizer, tasks.length, suite.repeats)
  const others = REPEATS_SHOWN.filter(repeats => repeats !== suite.repeats)
  return {
    planVersion: 1,
    suite: suite.name,
    size: {
      ...{ tasks: tasks.length, clusters: clusterSizes(clusters).length, arms: armCount },
      ...{ models: suite.models.map(({ spec }) => spec), repeats: suite.repeats, trials: trials.length },
    },
    ...{ power, alpha: ALPHA, concurrency, ...(contrast && { contrast }) },
    trialsPerSide: suite.repeats * sizer.combinations,
    ...{ designs, spend, planned, otherRepeats: others.map(repeats => sizeOf(sizer, tasks.length, repeats)) },
    repeatsOptimal: repeatsOptimal(sizer, input.taskCostUsd ?? 0, levels),
    ...defined({
      needed: effect && neededFor(sizer, effect, tasks.length, suite.repeats),
      budget: budgetUsd === undefined ? undefined : withinBudget(sizer, budgetUsd, tasks.length, suite.repeats),
      pilot: counted && contrast && pilotFacts(counted, contrast),
    }),
    warnings: warningsOf(input, counted, designs),
  }
}

interface Sizer {
  designs: Plan['designs']
  spend: Plan['spend']
  power: number
  concurrency: number
  /** Arms on one side of the contrast. */
  combinations: number
  /** Trials of one task and repeat. */
  trialsPerUnit: number
}

function sizeOf(sizer: Sizer, tasks: number, repeats: number): PlannedSize {
  const { designs, spend, power, concurrency, combinations, trialsPerUnit } = sizer
  const found = PLANNED_METRICS.map(metric => {
    const size = { tasks, trials: repeats * combinations, alpha: ALPHA, power }
    const effect = plannedMinimumDetectableEffect(designs[metric], size)
    return [metric, metric === 'solved' ? effect : Math.exp(-effect)] as const
  })
  return {
    ...{ tasks, repeats, trials: tasks * repeats * trialsPerUnit },
    detectable: Object.fromEntries(found) as Detectable,
    ...spendOf(spend, tasks * repeats, concurrency),
  }
}

/** What the effect takes, on each metric that it is an effect of. */
function neededFor(sizer: Sizer, effect: Effect, tasks: number, repeats: number): Needed {
  const { designs, power, combinations } = sizer
  const metric: PlannedMetric = effect.kind === 'points' ? 'solved' : 'inputTokens'
  const design: PairedDesign = designs[metric]
  const size = effectSize(effect)
  const target = { effect: size, alpha: ALPHA, power }
  const sized = (count: number, times: number): NeededSize => {
    const { detectable: _detectable, ...rest } = sizeOf(sizer, count, times)
    return { metric, ...rest }
  }
  const choices = [...new Set([...REPEATS_SHOWN, repeats])].sort((left, right) => left - right)
  const byRepeats = choices.map(times => {
    const count = Math.max(2, tasksNeeded(design, { ...target, trials: times * combinations }))
    return sized(count, times)
  })
  const trials = trialsNeeded(design, { ...target, tasks })
  const times = trials === undefined ? undefined : Math.ceil(trials / combinations)
  const isPossible = times !== undefined && times <= REPEATS_MAX
  return {
    ...{ effect, byRepeats, ...(isPossible && { withTheseTasks: sized(tasks, times) }) },
    isPlanEnough: times !== undefined && times <= repeats,
  }
}

/** Tasks and repeats that a budget pays for; where the price is a range, at its high end. */
function withinBudget(sizer: Sizer, budgetUsd: number, tasks: number, repeats: number): BudgetPlan {
  const unitUsd = sizer.spend.unit.costUsd?.high
  if (unitUsd === undefined) return { budgetUsd, options: [], why: 'cost-unknown' }
  if (unitUsd === 0) return { budgetUsd, options: [], why: 'nothing-billed' }
  const units = Math.floor(budgetUsd / unitUsd + 1e-9)
  const wholeRuns = Math.min(REPEATS_MAX, Math.floor(units / tasks))
  const choices = [...new Set([...REPEATS_SHOWN, repeats, wholeRuns])].filter(times => times > 0)
  const options = choices
    .sort((left, right) => left - right)
    .map(times => ({ times, count: Math.min(tasks, Math.floor(units / times)) }))
    .filter(({ count }) => count >= 2)
    .map(({ times, count }) => sizeOf(sizer, count, times))
  const best = options.toSorted((left, right) => left.detectable.solved - right.detectable.solved)[0]
  return best === undefined ? { budgetUsd, options, why: 'too-small' } : { budgetUsd, options, best }
}

/** K* = √((σ²_A + σ²_B)/ω² · cost of a task/cost of a pair of its trials), at least 2 so that noise can be seen. */
function repeatsOptimal({ designs, spend, combinations }: Sizer, taskCostUsd: number, levels: number): number {
  const { effectVariance, noiseBaseline, noiseOther } = designs.solved
  const pairUsd = ((spend.unit.costUsd?.high ?? 0) * 2) / (levels * combinations)
  const share = pairUsd > 0 ? taskCostUsd / pairUsd : 0
  if (share === 0 || effectVariance === 0) return 2
  const trials = Math.sqrt(((noiseBaseline + noiseOther) / effectVariance) * share)
  return Math.min(REPEATS_MAX, Math.max(2, Math.round(trials / combinations)))
}

const TASKS_FEW = 10

function warningsOf(
  { contrast, pilot, suite, tasks }: PlanInput,
  counted: readonly TrialMetrics[] | undefined,
  designs: Plan['designs'],
): string[] {
  const isSmall = tasks.length < TASKS_FEW
  const few = `${tasks.length} tasks are few: the formula is for large samples, so the real power is lower.`
  const cap = suite.runCostUsdMax
  return [
    ...(contrast !== undefined && isSmall ? [few] : []),
    ...(cap === undefined ? [] : [`The suite stops at $${cap.toFixed(2)} (runCostUsdMax).`]),
    ...(counted && contrast && pilot ? pilotWarnings({ counted, contrast, tasks, designs }) : []),
  ]
}
