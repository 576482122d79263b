import { grouped, pointsText, UNKNOWN } from '../../base/number-text.ts'
import type { ContrastResult, NoiseFloor, SlopeResult } from '../comparison/comparison.ts'
import { type CompareMetric, compareMetric } from './compare-metrics.ts'

const MINUS = '−'

type Footing = Pick<CompareMetric, 'scale' | 'unit'>

/** A figure on its metric's footing: points, a rate, or a ratio. `others`: figures shown with it. */
export function figureText(metric: Footing, value: number, others: readonly number[] = []): string {
  if (metric.scale === 'ratio') return `×${ratioDigits(value, others)}`
  return metric.unit === 'share' ? pointsText(value) : rateDigits(value)
}

export function intervalText(metric: Footing, { lower, upper }: { lower: number; upper: number }, estimate: number) {
  const bare = (value: number) => figureText(metric, value, [lower, upper, estimate]).replace(/^×| pp$/g, '')
  return `[${bare(lower)}, ${bare(upper)}]`
}

/** The estimate with its interval, as a cell of a table. */
export function estimateText(result: Pick<ContrastResult, 'metric' | 'estimate' | 'interval'>): string | undefined {
  const metric = compareMetric(result.metric)
  const { estimate, interval } = result
  if (metric === undefined || estimate === undefined) return undefined
  if (interval === undefined) return figureText(metric, estimate)
  return `${figureText(metric, estimate, [interval.lower, interval.upper])} ${intervalText(metric, interval, estimate)}`
}

/** The smallest effect that had a good chance to be detected. */
export function detectableText(result: Pick<ContrastResult, 'metric' | 'minimumDetectableEffect'>): string | undefined {
  const metric = compareMetric(result.metric)
  const effect = result.minimumDetectableEffect
  if (metric === undefined || effect === undefined) return undefined
  if (metric.scale === 'ratio') {
    const [less, more] = effect < 1 ? [effect, 1 / effect] : [1 / effect, effect]
    return `×${ratioDigits(less, [more])} or ×${ratioDigits(more, [less])}`
  }
  return metric.unit === 'share' ? `±${(effect * 100).toFixed(1)} pp` : `±${plainRate(effect)}`
}

export function pText(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3)
}

/** Figures next to each other have the same number of decimals: more of them where one is close to 1. */
function ratioDigits(ratio: number, others: readonly number[]): string {
  const all = [ratio, ...others]
  if (ratio >= 99.95) return grouped(Math.round(ratio))
  if (all.some(each => each >= 9.95)) return ratio.toFixed(ratio < 0.1 ? 2 : 1)
  return ratio.toFixed(all.some(each => Math.abs(each - 1) < 0.095) ? 3 : 2)
}

function rateDigits(value: number): string {
  const digits = plainRate(Math.abs(value))
  if (Number(digits) === 0) return digits
  return `${value < 0 ? MINUS : '+'}${digits}`
}

function plainRate(value: number): string {
  return value.toFixed(value < 0.1 ? 3 : 2)
}

/** What two halves of the same arm differ by. */
export function noiseText(floor: Pick<NoiseFloor, 'metric' | 'halfWidth'> | undefined): string {
  const metric = floor && compareMetric(floor.metric)
  if (floor?.halfWidth === undefined || metric === undefined) return UNKNOWN
  if (metric.scale === 'ratio') return `×/÷ ${floor.halfWidth.toFixed(2)}`
  return metric.unit === 'share' ? `±${(floor.halfWidth * 100).toFixed(1)} pp` : `±${plainRate(floor.halfWidth)}`
}

/** From how many calls per look on the other arm needs less. */
export function breakEvenText(slope: SlopeResult | undefined): string {
  if (slope?.breakEven === undefined) return UNKNOWN
  const { breakEven, breakEvenInterval } = slope
  if (breakEven < 1) return 'below 1 call per look'
  const range = breakEvenInterval && ` [${callsText(breakEvenInterval.lower)}, ${callsText(breakEvenInterval.upper)}]`
  return `${callsText(breakEven)}${range ?? ''} calls per look`
}

function callsText(value: number): string {
  return value >= 99.5 ? value.toFixed(0) : value.toFixed(1)
}

/** The adjusted p with the size of its family, as every sentence says it. */
export function adjustedText(adjustedP: number, familySize: number): string {
  return `adjusted p ${pText(adjustedP)} over ${counted(familySize, 'test')}`
}

export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A share as points: "5 points". */
export function pointsOf(share: number): string {
  return counted(Number((share * 100).toFixed(2)), 'point')
}

/** A contrast by its name, with its levels where the name does not say them. */
export function contrastName({
  contrast,
  kind,
  other,
  baseline,
}: Pick<ContrastResult, 'contrast' | 'kind' | 'other' | 'baseline'>): string {
  const isNamed = kind === 'composition' || kind === 'carrier' || kind === 'parallelism'
  return isNamed ? `${contrast}: ${other} − ${baseline}` : contrast
}
