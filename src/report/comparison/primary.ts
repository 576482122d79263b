import { asObject } from '../../base/json-fields.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { ReportFactor } from '../document/report.ts'
import { COMPARE_METRICS, compareMetric } from '../judging/compare-metrics.ts'
import { RUN_FACTOR } from './compared-factors.ts'
import { type LevelPair, levelPairs } from './contrast-specs.ts'

export const MARGIN_DEFAULT = 0.05

export interface Primary {
  pair: LevelPair
  metric: string
  /** The margin on solved. */
  margin: number
  /** The margin on the primary metric, if that is not solved. */
  metricMargin?: number
  isDeclared: boolean
  notes: string[]
}

/**
 * What decides: the contrast, metric and margin that the suite declared, else composition (or the first contrast of the
 * first factor) on solved with five points. Several runs are compared run against run.
 */
export function primaryOf(factors: readonly ReportFactor[], content: JsonObject, margin?: number): Primary | undefined {
  const analysis = asObject(content.analysis)
  const isAcrossRuns = factors[0]?.name === RUN_FACTOR
  const declared = isAcrossRuns ? undefined : factors.find(({ name }) => name === analysis.factor)
  const factor = declared ?? (isAcrossRuns ? factors[0] : (factors.find(({ name }) => name === 'mode') ?? factors[0]))
  const pair = factor && pairOf(factor, declared && analysis.baseline)
  if (pair === undefined) return undefined
  const notes: string[] = []
  const metric = typeof analysis.primary === 'string' ? analysis.primary : 'solved'
  const isKnown = compareMetric(metric) !== undefined
  if (!isKnown) {
    const known = COMPARE_METRICS.map(({ key }) => key).join(', ')
    notes.push(`The suite's primary metric "${metric}" is not one of those compared (${known}); solved is used.`)
  }
  const key = isKnown ? metric : 'solved'
  const ofSuite = typeof analysis.margin === 'number' ? analysis.margin : undefined
  const ofMetric = margin ?? ofSuite
  const isShare = compareMetric(key)?.unit === 'share'
  if (isShare && margin === undefined && ofSuite !== undefined && ofSuite >= 1) {
    notes.push(`The suite's margin of ${ofSuite} is not a share below 1; ${MARGIN_DEFAULT * 100} points are used.`)
    return { pair, metric: key, margin: MARGIN_DEFAULT, isDeclared: declared !== undefined, notes }
  }
  return {
    ...{ pair, metric: key, notes, isDeclared: declared !== undefined && isKnown },
    margin: (isShare ? ofMetric : margin) ?? MARGIN_DEFAULT,
    ...(!isShare && ofSuite !== undefined && { metricMargin: ofSuite }),
  }
}

/** The first contrast of the factor, which for modes is composition, that has the declared baseline. */
function pairOf(factor: ReportFactor, baseline: JsonValue | undefined): LevelPair | undefined {
  const pairs = levelPairs(factor)
  return pairs.find(pair => pair.baseline === baseline) ?? pairs[0]
}
