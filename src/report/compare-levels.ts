import { groupBy } from '../base/lists.ts'
import type { TrialMetrics } from '../metrics/trial-metrics.ts'
import { levelOf, levelsKey } from './document/arms.ts'
import { DIFFERENCE_METRICS, type Difference, type DifferenceMetric, type ReportFactor } from './document/report.ts'
import { isScored } from './document/summarise-arm.ts'

/** Who plays, with its parameters: two entries of one model are two players. */
export function playerOf(trial: TrialMetrics): string {
  return trial.params === undefined ? trial.model : `${trial.model} ${trial.params}`
}

/** Each level against its factor's baseline, paired by task and model with all other factors equal. */
export function compareLevels(trials: readonly TrialMetrics[], factors: readonly ReportFactor[]): Difference[] {
  const scored = trials.filter(isScored)
  return factors.flatMap(factor => {
    const others = factors.filter(other => other !== factor).map(other => other.name)
    const pairKey = (trial: TrialMetrics) => JSON.stringify([trial.task, playerOf(trial), levelsKey(trial, others)])
    const pairs = [...groupBy(scored, pairKey).values()].map(group => ({
      task: (group[0] as TrialMetrics).task,
      byLevel: groupBy(group, trial => levelOf(trial, factor.name)),
    }))
    const levels = factor.levels.filter(level => level !== factor.baseline)
    return levels.flatMap(level => DIFFERENCE_METRICS.flatMap(metric => difference({ factor, level, metric, pairs })))
  })
}

interface Comparison {
  factor: ReportFactor
  level: string
  metric: DifferenceMetric
  pairs: { task: string; byLevel: Map<string, TrialMetrics[]> }[]
}

/**
 * The mean over tasks of the pairs' differences; for amounts, of their log-ratios, given back as a ratio. A pair
 * counts where both sides have a value, and for ratios none that is 0.
 */
function difference({ factor, level, metric, pairs }: Comparison): Difference[] {
  const scale = isShare(metric) ? 'difference' : 'ratio'
  const shifts = pairs.flatMap(({ task, byLevel }) => {
    const from = cellMean(byLevel.get(factor.baseline) ?? [], metric)
    const to = cellMean(byLevel.get(level) ?? [], metric)
    if (from === undefined || to === undefined) return []
    if (scale === 'difference') return [{ task, shift: to - from }]
    return from > 0 && to > 0 ? [{ task, shift: Math.log(to / from) }] : []
  })
  if (shifts.length === 0) return []
  const perTask = [...groupBy(shifts, ({ task }) => task).values()].map(group => mean(group.map(({ shift }) => shift)))
  const shift = mean(perTask)
  const value = scale === 'difference' ? shift : Math.exp(shift)
  const { name, baseline } = factor
  return [{ factor: name, level, baseline, metric, scale, value, tasks: perTask.length, pairs: shifts.length }]
}

function isShare(metric: DifferenceMetric): boolean {
  return metric === 'solved' || metric === 'clauses'
}

/** The mean over a cell's repeats; nothing as soon as one of them is unknown. */
function cellMean(trials: readonly TrialMetrics[], metric: DifferenceMetric): number | undefined {
  const values = trials.map(trial => amountOf(trial, metric))
  const known = values.filter(value => value !== undefined)
  return values.length === 0 || known.length < values.length ? undefined : mean(known)
}

function amountOf(trial: TrialMetrics, metric: DifferenceMetric): number | undefined {
  if (metric === 'solved') return trial.outcome === 'solved' ? 1 : 0
  if (metric !== 'clauses') return trial[metric]
  const { clausesKept, clausesTotal } = trial
  return clausesKept === undefined || !clausesTotal ? undefined : clausesKept / clausesTotal
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
