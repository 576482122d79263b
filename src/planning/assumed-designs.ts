import type { PlannedMetric } from './plan.ts'

interface AssumedVariances {
  effectVariance: number
  noise: number
}

/**
 * What is assumed where nothing was measured. Solved: tasks of difficulty Beta(0.6, 0.6), so a variance of 0.13 between
 * trials of a task. Turns: standard deviations of 0.4 between trials and 0.3 between tasks' effects, on the log scale;
 * tokens grow with the turns to the power of 1.2.
 */
export const ASSUMED_VARIANCES: Record<PlannedMetric, AssumedVariances> = {
  solved: { effectVariance: 0.023, noise: 0.13 },
  turns: { effectVariance: 0.09, noise: 0.16 },
  inputTokens: { effectVariance: 0.13, noise: 0.23 },
}

/** The assumed correlation of effects within a cluster, without a pilot. */
export const ASSUMED_INTRACLASS_CORRELATION = 0.1
