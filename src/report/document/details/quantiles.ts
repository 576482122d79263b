/** Where a distribution lies. Quantiles by linear interpolation between order statistics (Hyndman & Fan 1996, type 7). */
export interface Quantiles {
  n: number
  p5: number
  p25: number
  p50: number
  p75: number
  p95: number
}

/** Quantiles of the known values; nothing without any. Sorts once, however many values there are. */
export function quantilesOf(values: readonly (number | undefined)[]): Quantiles | undefined {
  const sorted = Float64Array.from(values.filter(value => value !== undefined)).sort()
  if (sorted.length === 0) return undefined
  const at = (p: number) => {
    const place = (sorted.length - 1) * p
    const below = sorted[Math.floor(place)] as number
    return below + ((sorted[Math.ceil(place)] as number) - below) * (place - Math.floor(place))
  }
  return { n: sorted.length, p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) }
}
