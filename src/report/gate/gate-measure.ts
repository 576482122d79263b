import { fillHoles } from '../../statistics/missing-bounds.ts'
import { difference, mean, sum } from '../../statistics/moments.ts'
import { type DifferenceEstimate, pairedDifference } from '../../statistics/paired-difference.ts'
import { solvedDifference } from '../../statistics/solved-difference.ts'
import type { HoleReading } from '../judging/measure.ts'
import type { BaselineTrial } from './baseline.ts'
import type { GateTask } from './gate-groups.ts'
import type { GateMetric } from './gate-policy.ts'

/** Run − baseline on one metric, on the scale it is judged by: a difference, or the logarithm of a ratio. */
export interface GateMeasurement {
  tasks: number
  clusters: number
  /** Tasks without a figure on both sides. */
  unknown: number
  estimate?: number
  /** With a standard error. */
  spread?: DifferenceEstimate
  /** Of solved, where tasks were counted. */
  counted?: { lower: number; upper: number; p: number; lower90: number }
}

interface TaskShift {
  cluster: string
  weight: number
  value: number
  sides: { baseline: number[]; other: number[] }
}

export function measureGate(tasks: readonly GateTask[], metric: GateMetric, reading: HoleReading): GateMeasurement {
  const shifts = tasks.flatMap(task => shiftOf(task, metric, reading) ?? [])
  const clusters = new Set(shifts.map(each => each.cluster)).size
  const parts = { tasks: shifts.length, clusters, unknown: tasks.length - shifts.length }
  if (shifts.length === 0) return parts
  const values = weightedValues(shifts)
  const estimate = mean(values.map(each => each.value)) as number
  const spread = pairedDifference(values)
  if (spread !== undefined) return { ...parts, estimate, spread }
  const isWhole = shifts.every(each => each.weight === 1)
  const counted = metric === 'solved' && isWhole ? countedShift(shifts) : undefined
  return { ...parts, estimate, ...(counted && { counted }) }
}

/**
 * The weighted mean Δ = Σwd/Σw as a mean of its linearised shares Δ + w(d − Δ)/w̄, which have the same standard error
 * (a ratio estimator, Cochran 1977, §6).
 */
function weightedValues(shifts: readonly TaskShift[]): { cluster: string; value: number }[] {
  if (shifts.every(each => each.weight === 1)) return [...shifts]
  const total = sum(shifts.map(each => each.weight))
  const centre = sum(shifts.map(each => each.weight * each.value)) / total
  const average = total / shifts.length
  return shifts.map(({ cluster, weight, value }) => ({
    cluster,
    value: centre + (weight * difference(centre, value)) / average,
  }))
}

function shiftOf(task: GateTask, metric: GateMetric, reading: HoleReading): TaskShift | undefined {
  const baseline = figuresOf(task.baseline, metric)
  const other = figuresOf(task.run, metric)
  if (baseline === undefined || other === undefined) return undefined
  const range = rangeOf(metric, [...baseline, ...other])
  const sides = {
    baseline: fillHoles({ scores: baseline, lost: task.lost.baseline }, reading.baseline, range),
    other: fillHoles({ scores: other, lost: task.lost.run }, reading.other, range),
  }
  const [before, now] = [mean(sides.baseline), mean(sides.other)]
  if (before === undefined || now === undefined) return undefined
  return { cluster: task.cluster, weight: task.weight, value: difference(before, now), sides }
}

/** Nothing as soon as the figure of one trial is not known, or has no logarithm. */
function figuresOf(trials: readonly BaselineTrial[], metric: GateMetric): number[] | undefined {
  const figures = trials.map(trial => {
    const value = trial[metric]
    if (metric === 'solved' || metric === 'clauses') return value
    return value !== undefined && value > 0 ? Math.log(value) : undefined
  })
  return figures.every(figure => figure !== undefined) ? figures : undefined
}

/** What a lost trial could have been. */
function rangeOf(metric: GateMetric, figures: readonly number[]): { lowest: number; highest: number } {
  if (metric === 'solved' || metric === 'clauses') return { lowest: 0, highest: 1 }
  return { lowest: Math.min(...figures), highest: Math.max(...figures) }
}

/** Where all tasks differ by the same, such as by nothing at all, independent tasks can still be counted. */
function countedShift(shifts: readonly TaskShift[]): GateMeasurement['counted'] {
  const sides = shifts.map(({ cluster, sides: { baseline, other } }) => ({ cluster, baseline, other }))
  const found = solvedDifference(sides)
  const at90 = solvedDifference(sides, 0.9)
  if (found?.method !== 'mcnemar' || at90 === undefined) return undefined
  return { lower: found.lower, upper: found.upper, p: found.p, lower90: at90.lower }
}
