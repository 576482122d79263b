import { defined } from '../../base/defined.ts'
import { IS_SCORED } from '../../contracts/trial.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import type { ArmGroup } from './arms.ts'
import { type ArmSummary, MEAN_METRICS, type Mean, TOTAL_METRICS } from './report.ts'

/** Whether a trial has a verdict. A failed or cancelled trial has none. */
export function isScored(trial: TrialMetrics): boolean {
  return IS_SCORED[trial.outcome]
}

export function summariseArm({ label, levels, trials }: ArmGroup): ArmSummary {
  const scored = trials.filter(isScored)
  const count = (outcome: TrialMetrics['outcome']) => trials.filter(trial => trial.outcome === outcome).length
  const solved = count('solved')
  const failed = count('failed')
  const repairTokens = totalOf(scored.map(trial => trial.repairTokens))
  return {
    label,
    levels,
    tasks: new Set(trials.map(trial => trial.task)).size,
    trials: trials.length,
    scored: scored.length,
    solved,
    limited: count('limited'),
    failed,
    cancelled: count('cancelled'),
    ...(scored.length > 0 && { solvedShare: solved / scored.length }),
    ...(failed > 0 && { solvedBounds: boundsOf(solved, scored.length, failed) }),
    ...clausesOf(scored),
    means: meansOf(scored),
    totals: totalsOf(scored),
    ...defined({ repairTokens }),
    tokensEstimated: scored.some(trial => trial.tokensEstimated === true),
  }
}

function boundsOf(solved: number, scored: number, failed: number): { low: number; high: number } {
  return { low: solved / (scored + failed), high: (solved + failed) / (scored + failed) }
}

function clausesOf(scored: readonly TrialMetrics[]): Pick<ArmSummary, 'clausesKept' | 'clausesTotal'> {
  const clausesKept = totalOf(scored.map(trial => trial.clausesKept))
  const clausesTotal = totalOf(scored.map(trial => trial.clausesTotal))
  return clausesKept === undefined || clausesTotal === undefined ? {} : { clausesKept, clausesTotal }
}

function meansOf(scored: readonly TrialMetrics[]): ArmSummary['means'] {
  const means: ArmSummary['means'] = {}
  for (const metric of MEAN_METRICS) {
    const mean = meanOf(scored.map(trial => trial[metric]))
    if (mean !== undefined) means[metric] = mean
  }
  return means
}

/** The mean of what is known, and of how many values. */
export function meanOf(values: readonly (number | undefined)[]): Mean | undefined {
  const known = values.filter(value => value !== undefined)
  const total = totalOf(known)
  return total === undefined ? undefined : { mean: total / known.length, n: known.length }
}

function totalsOf(scored: readonly TrialMetrics[]): ArmSummary['totals'] {
  const totals = TOTAL_METRICS.map(metric => [metric, scored.reduce((total, trial) => total + trial[metric], 0)])
  return Object.fromEntries(totals) as ArmSummary['totals']
}

/** The sum of what is known; nothing when nothing is. */
function totalOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0)
}
