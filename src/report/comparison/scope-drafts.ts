import { HOLE_READINGS } from '../../statistics/estimates/missing-bounds.ts'
import { COMPARE_METRICS, type CompareMetric, compareMetric } from '../judging/compare-metrics.ts'
import type { Grid } from '../judging/grid.ts'
import type { MeasuredPair, Member } from '../judging/judge.ts'
import { type FailedTrialRules, type Measurement, measure } from '../judging/measure.ts'
import type { ContrastResult } from './comparison.ts'
import type { ContrastSpec } from './contrast-specs.ts'

/** One result before its verdict. */
export interface Draft extends Member {
  /** Failed trials in the arms of the contrast. */
  lost: number
}

const EXTREMES: readonly FailedTrialRules[] = HOLE_READINGS.slice(1)

/** Every contrast of a grid on every metric, each measured; the confirmatory ones under all readings of failed trials. */
export function draftsOf(
  grid: Grid,
  specs: readonly ContrastSpec[],
  { primaryMetric, isStratum = false }: { primaryMetric: string; isStratum?: boolean },
): Draft[] {
  return specs.flatMap(spec => {
    const lost = lostIn(grid, spec)
    const extremes = lost === 0 || !spec.isMain || spec.isAsked ? [] : EXTREMES
    const solved = measuresOf(grid, spec, SOLVED, extremes)
    return metricsFor(spec, primaryMetric, isStratum).flatMap((metric): Draft[] => {
      const role = roleOf(spec, metric, primaryMetric)
      const own = metric === SOLVED ? solved : measuresOf(grid, spec, metric, role === 'exploratory' ? [] : extremes)
      const isEmpty = own[0].tasks === 0 && !metric.isConfirmatory && metric.key !== primaryMetric
      if (isEmpty) return []
      const isKept = spec.isPrimary || role !== 'exploratory'
      const readings = own.map((measured, index): MeasuredPair => {
        const isFirst = index === 0 && isKept && !isStratum
        return {
          measured: isFirst ? measured : withoutValues(measured),
          solved: withoutValues(solved[index] ?? solved[0]),
        }
      })
      return [{ spec, metric, role, lost, readings: readings as unknown as Draft['readings'] }]
    })
  })
}

const SOLVED = compareMetric('solved') as CompareMetric

function measuresOf(
  grid: Grid,
  spec: ContrastSpec,
  metric: CompareMetric,
  extremes: readonly FailedTrialRules[],
): [Measurement, ...Measurement[]] {
  return [measure(grid, spec, metric), ...extremes.map(reading => measure(grid, spec, metric, reading))]
}

/** The figures of single tasks are by far the most of it, and only few results show them. */
function withoutValues(measured: Measurement): Measurement {
  return { ...measured, values: [] }
}

/** Simple effects and interactions are shown on what decides only. */
function metricsFor(spec: ContrastSpec, primaryMetric: string, isStratum: boolean): readonly CompareMetric[] {
  if (spec.isMain && !isStratum) return COMPARE_METRICS
  return COMPARE_METRICS.filter(
    ({ isConfirmatory, key, measure: how }) => (isConfirmatory || key === primaryMetric) && how.kind !== 'quotient',
  )
}

/** The family: the primary contrast on the metrics of a decision, every other main contrast on the primary metric. */
export function roleOf(spec: ContrastSpec, metric: CompareMetric, primaryMetric: string): ContrastResult['role'] {
  if (!spec.isMain || spec.isAsked) return 'exploratory'
  if (metric.key === primaryMetric) return spec.isPrimary ? 'primary' : 'confirmatory'
  return spec.isPrimary && metric.isConfirmatory ? 'confirmatory' : 'exploratory'
}

function lostIn({ tasks }: Grid, { contrast }: ContrastSpec): number {
  let lost = 0
  for (const { players } of tasks) {
    for (const arms of players.values()) for (const arm of contrast.weights.keys()) lost += arms.get(arm)?.lost ?? 0
  }
  return lost
}
