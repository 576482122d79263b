import { defined } from '../../base/defined.ts'
import type { Contrast } from '../../statistics/estimates/contrasts.ts'
import { fillHoles, type HoleRule } from '../../statistics/estimates/missing-bounds.ts'
import { type DifferenceEstimate, pairedDifference } from '../../statistics/estimates/paired-difference.ts'
import { solvedDifference, type TaskTrials } from '../../statistics/estimates/solved-difference.ts'
import { mcnemar } from '../../statistics/hypotheses/mcnemar.ts'
import { difference, mean, sum } from '../../statistics/numbers/moments.ts'
import type { ContrastSpec } from '../comparison/contrast-specs.ts'
import type { CompareMetric } from './compare-metrics.ts'
import type { Grid, GridCell, GridTask } from './grid.ts'
import { measureQuotient } from './measure-quotient.ts'
import type { Observed } from './observed.ts'
import { pairsPerPlayer } from './pairs-per-player.ts'

/** How failed trials count in the arms with positive weight, and in those with negative weight. */
export interface FailedTrialRules {
  other: HoleRule
  baseline: HoleRule
}

/** Level of a one-sided test. */
const ONE_SIDED = 0.05

export const DROPPED: FailedTrialRules = { other: 'drop', baseline: 'drop' }

/** What one contrast does to one metric, on the scale it is judged by: a difference, or the logarithm of a ratio. */
export interface Measurement {
  tasks: number
  clusters: number
  /** Task × model × combination of the other levels: what was paired. */
  pairs: number
  /** One figure a task; none for a ratio of totals. */
  values: { task: string; cluster: string; value: number }[]
  /** Present as soon as there is one task. */
  estimate?: number
  /** Absent where nothing is known of the spread. */
  interval?: { lower: number; upper: number }
  p?: number
  /** With a standard error; absent where tasks were counted. */
  spread?: DifferenceEstimate
  method?: 'paired-t' | 'mcnemar' | 'linearised-ratio'
  /** Counts of solved, where every task was all or nothing. */
  counted?: CountedTasks
  leftOut: LeftOut
}

/** Tasks as counts. The 90 % interval is both one-sided tests at 5 %, since a count has no standard error. */
export interface CountedTasks {
  lower90: number
  upper90: number
  /** McNemar's exact p; absent where no task differs. */
  exactP?: number
}

/** Tasks that have no part, and why. */
export interface LeftOut {
  /** An arm has no scored trial. */
  noTrial: number
  /** The value of a trial is not known. */
  unknown: number
  /** A value of 0 has no ratio. */
  zero: number
}

/** Why a task or a cell has no figure. */
export type Absent = keyof LeftOut
type Figure = number | Absent

export function measure(
  grid: Grid,
  { contrast, kind }: Pick<ContrastSpec, 'contrast' | 'kind'>,
  metric: CompareMetric,
  reading: FailedTrialRules = DROPPED,
): Measurement {
  const leftOut: LeftOut = { noTrial: 0, unknown: 0, zero: 0 }
  if (metric.measure.kind === 'quotient') return measureQuotient(grid, contrast, metric.measure, leftOut)
  const sides: TaskSides[] = []
  for (const task of grid.tasks) {
    const pairs = sidesOf(task, contrast, metric, reading)
    if (typeof pairs === 'string') leftOut[pairs] += 1
    else sides.push({ task: task.task, cluster: task.cluster, weight: task.weight ?? 1, ...pairs })
  }
  const isWeighted = sides.some(each => each.weight !== 1)
  const values = isWeighted ? linearised(sides) : sides.map(shiftOf)
  const clusters = new Set(values.map(each => each.cluster)).size
  const pairs = sum(sides.map(each => each.other.length)) * pairsPerPlayer(contrast)
  const parts: MeasuredParts = { tasks: values.length, clusters, pairs, values, leftOut }
  return metric.key === 'solved' && kind !== 'interaction' && !isWeighted ? ofSolved(parts, sides) : ofValues(parts)
}

interface TaskSides extends TaskTrials {
  task: string
  weight: number
}

type TaskValue = Measurement['values'][number]

function shiftOf({ task, cluster, baseline, other }: TaskSides): TaskValue {
  const shifts = other.map((side, index) => difference(baseline[index] as number, side))
  return { task, cluster, value: mean(shifts) as number }
}

/**
 * The weighted mean Δ = Σwd/Σw as a mean of its linearised shares Δ + w(d − Δ)/w̄, which have the same standard error
 * (a ratio estimator, Cochran 1977, §6).
 */
function linearised(sides: readonly TaskSides[]): TaskValue[] {
  const shifts = sides.map(each => ({ ...shiftOf(each), weight: each.weight }))
  const total = sum(shifts.map(each => each.weight))
  const centre = sum(shifts.map(each => each.weight * each.value)) / total
  const average = total / shifts.length
  return shifts.map(({ task, cluster, weight, value }) => {
    return { task, cluster, value: centre + (weight * difference(centre, value)) / average }
  })
}

export type MeasuredParts = Pick<Measurement, 'tasks' | 'clusters' | 'pairs' | 'values' | 'leftOut'>

function ofSolved(parts: MeasuredParts, sides: readonly TaskTrials[]): Measurement {
  const found = solvedDifference(sides)
  const estimate = found?.estimate ?? mean(parts.values.map(each => each.value))
  if (estimate === undefined) return parts
  if (found === undefined) return { ...parts, estimate }
  const { method, lower, upper, p } = found
  const counted = countedTasks(parts, sides, method === 'mcnemar')
  return {
    ...{ ...parts, estimate, interval: { lower, upper }, p, method },
    ...(found.method === 'paired-t' && { spread: found }),
    ...(counted && { counted }),
  }
}

/** Tasks that each arm solved always or never, if they are independent and each was tried by one player. */
function countedTasks(
  parts: MeasuredParts,
  sides: readonly TaskTrials[],
  isDeciding: boolean,
): CountedTasks | undefined {
  const isOnce = (side: readonly number[]) => side.length === 1 && (side[0] === 0 || side[0] === 1)
  const isCounted = parts.clusters === parts.tasks && sides.every(side => isOnce(side.baseline) && isOnce(side.other))
  const at90 = isDeciding ? solvedDifference(sides, 1 - 2 * ONE_SIDED) : undefined
  if (!isCounted && at90 === undefined) return undefined
  const count = (baseline: number, other: number) =>
    sides.filter(side => side.baseline[0] === baseline && side.other[0] === other).length
  const exactP = isCounted ? mcnemar(count(1, 0), count(0, 1))?.exactP : undefined
  return {
    ...{ lower90: at90?.lower ?? Number.NaN, upper90: at90?.upper ?? Number.NaN },
    ...defined({ exactP }),
  }
}

function ofValues(parts: MeasuredParts): Measurement {
  const spread = pairedDifference(parts.values)
  const estimate = spread?.estimate ?? mean(parts.values.map(each => each.value))
  if (estimate === undefined) return parts
  if (spread === undefined) return { ...parts, estimate }
  const { lower, upper, p } = spread
  return { ...parts, estimate, interval: { lower, upper }, p, spread, method: 'paired-t' }
}

/** The two sides of a task, one figure for each player; players with a hole on either side have no part. */
function sidesOf(
  task: GridTask,
  contrast: Contrast,
  metric: CompareMetric,
  reading: FailedTrialRules,
): Pick<TaskTrials, 'baseline' | 'other'> | Absent {
  const hasHoleRule = reading.other !== 'drop' || reading.baseline !== 'drop'
  const range = hasHoleRule ? rangeOf(task, contrast, metric) : undefined
  const baseline: number[] = []
  const other: number[] = []
  let absent: Absent = 'noTrial'
  for (const arms of task.players.values()) {
    let [below, above] = [0, 0]
    let missing: Absent | undefined
    for (const [arm, weight] of contrast.weights) {
      const rule = weight > 0 ? reading.other : reading.baseline
      const figure = figureOf(arms.get(arm), metric, rule, range)
      if (typeof figure === 'string') missing = figure
      else if (weight > 0) above += weight * figure
      else below -= weight * figure
    }
    if (missing === undefined) {
      baseline.push(below)
      other.push(above)
    } else absent = missing
  }
  return other.length === 0 ? absent : { baseline, other }
}

interface Range {
  lowest: number
  highest: number
}

/** What a failed trial could have been: 0 to 1 of a share, else as the task's least and greatest trial. */
function rangeOf({ players }: GridTask, { weights }: Contrast, { measure: how }: CompareMetric): Range | undefined {
  if (how.kind === 'share') return { lowest: 0, highest: 1 }
  if (how.kind !== 'amount') return undefined
  let range: Range | undefined
  for (const arms of players.values()) {
    for (const arm of weights.keys()) {
      for (const trial of arms.get(arm)?.scored ?? []) {
        const value = how.value(trial)
        if (value === undefined || !(value > 0)) continue
        const log = Math.log(value)
        range = { lowest: Math.min(range?.lowest ?? log, log), highest: Math.max(range?.highest ?? log, log) }
      }
    }
  }
  return range
}

/** One cell's figure: a mean, a mean of logarithms, or events by occasions. */
function figureOf(
  cell: GridCell | undefined,
  { measure: how }: CompareMetric,
  rule: HoleRule,
  range: Range | undefined,
): Figure {
  if (cell === undefined) return 'noTrial'
  if (how.kind === 'rate') return rateOf(cell.scored, how)
  if (how.kind === 'quotient') return 'unknown'
  const scores: number[] = []
  for (const trial of cell.scored) {
    const value = how.value(trial)
    if (value === undefined) return 'unknown'
    if (how.kind === 'amount' && !(value > 0)) return 'zero'
    scores.push(how.kind === 'amount' ? Math.log(value) : value)
  }
  const filled = range === undefined ? scores : fillHoles({ scores, lost: cell.lost }, rule, range)
  return mean(filled) ?? 'noTrial'
}

function rateOf(
  trials: readonly Observed[],
  { above, below }: { above(trial: Observed): number | undefined; below(trial: Observed): number | undefined },
): Figure {
  if (trials.length === 0) return 'noTrial'
  const known = trials.map(trial => ({ above: above(trial), below: below(trial) }))
  if (known.some(each => each.above === undefined || each.below === undefined)) return 'unknown'
  const occasions = sum(known.map(each => each.below as number))
  return occasions === 0 ? 'zero' : sum(known.map(each => each.above as number)) / occasions
}
