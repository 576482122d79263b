import type { ClusteredValue } from '../numbers/cluster-sums.ts'
import { difference, mean } from '../numbers/moments.ts'
import { type DifferenceEstimate, pairedDifference } from './paired-difference.ts'

/** A ratio other ÷ baseline; `log` is the estimate it came from. */
export interface RatioOfMeans {
  ratio: number
  lower: number
  upper: number
  log: DifferenceEstimate
}

/**
 * The task's log-ratio: mean log of the other arm's trials minus mean log of the baseline's. `undefined` without trials
 * or where a value is not positive: a count of 0 has no ratio.
 */
export function taskLogRatio(baseline: readonly number[], other: readonly number[]): number | undefined {
  if (baseline.some(value => !(value > 0)) || other.some(value => !(value > 0))) return undefined
  const one = mean(baseline.map(Math.log))
  const two = mean(other.map(Math.log))
  if (one === undefined || two === undefined) return undefined
  return difference(one, two)
}

/** The geometric ratio over tasks with its interval: exp of the mean log-ratio. */
export function logRatio(values: readonly ClusteredValue[], level = 0.95): RatioOfMeans | undefined {
  const log = pairedDifference(values, level)
  if (log === undefined) return undefined
  return { ratio: Math.exp(log.estimate), lower: Math.exp(log.lower), upper: Math.exp(log.upper), log }
}
