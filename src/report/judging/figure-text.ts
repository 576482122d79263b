import { grouped, pointsText } from '../../base/number-text.ts'
import type { ContrastResult } from '../comparison/comparison.ts'
import { type CompareMetric, compareMetric } from './compare-metrics.ts'

const MINUS = '−'

type Footing = Pick<CompareMetric, 'scale' | 'unit'>

/** A figure on its metric's footing: points, a rate, or a ratio. `beside`: figures it stands next to. */
export function figureText(metric: Footing, value: number, beside: readonly number[] = []): string {
  if (metric.scale === 'ratio') return `×${ratioDigits(value, beside)}`
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

/** The smallest effect that had a good chance to be found. */
export function detectableText(result: Pick<ContrastResult, 'metric' | 'minimumDetectableEffect'>): string | undefined {
  const metric = compareMetric(result.metric)
  const effect = result.minimumDetectableEffect
  if (metric === undefined || effect === undefined) return undefined
  if (metric.scale === 'ratio') return `×${ratioDigits(effect, [1 / effect])} or ×${ratioDigits(1 / effect, [effect])}`
  return metric.unit === 'share' ? `±${(effect * 100).toFixed(1)} pp` : `±${plainRate(effect)}`
}

export function pText(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3)
}

/** Figures beside each other have the same number of decimals: more of them where one is close to 1. */
function ratioDigits(ratio: number, beside: readonly number[]): string {
  const all = [ratio, ...beside]
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
