import type { ClusteredValue } from '../numbers/cluster-sums.ts'
import { difference, sum } from '../numbers/moments.ts'
import type { RatioOfMeans } from './log-ratio.ts'
import { pairedDifference } from './paired-difference.ts'

/** One task's mean numerator and denominator. */
export interface TaskRatio {
  cluster: string
  above: number
  below: number
}

/** Σ above/Σ below and each task's linearised share e_i = (above_i − R·below_i)/mean(below). */
function linearised(tasks: readonly TaskRatio[]): { ratio: number; values: ClusteredValue[] } | undefined {
  const above = sum(tasks.map(task => task.above))
  const below = sum(tasks.map(task => task.below))
  if (!(below > 0)) return undefined
  const ratio = above / below
  const meanBelow = below / tasks.length
  const values = tasks.map(task => ({
    cluster: task.cluster,
    value: difference(ratio * task.below, task.above) / meanBelow,
  }))
  return { ratio, values }
}

/**
 * The ratio second ÷ first of two ratios of totals, such as the cost per solved task, over the same tasks in the same
 * order: linearised (the delta method for a ratio estimator, Cochran 1977, §6) on the log scale. `undefined` where one
 * of them is 0 or unknown.
 */
export function ratioOfRatios(
  first: readonly TaskRatio[],
  second: readonly TaskRatio[],
  level = 0.95,
): RatioOfMeans | undefined {
  const one = linearised(first)
  const two = linearised(second)
  if (one === undefined || two === undefined || first.length !== second.length) return undefined
  if (!(one.ratio > 0) || !(two.ratio > 0)) return undefined
  const estimate = Math.log(two.ratio / one.ratio)
  const values = two.values.map(({ cluster, value }, index) => {
    const before = (one.values[index] as ClusteredValue).value / one.ratio
    return { cluster, value: estimate + difference(before, value / two.ratio) }
  })
  const log = pairedDifference(values, level)
  return log && { ratio: Math.exp(estimate), lower: Math.exp(log.lower), upper: Math.exp(log.upper), log }
}
