/** What is below this share of the numbers it was made of is rounding, and counts as 0. */
export const ROUNDING = 1e-12

/** The arithmetic mean; `undefined` without values. */
export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : sum(values) / values.length
}

/** Neumaier's compensated sum, so that the order of tasks does not show in the last digits. */
export function sum(values: readonly number[]): number {
  let total = 0
  let lost = 0
  for (const value of values) {
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return total + lost
}

/** to − from, and 0 where only rounding is left of it: the same values in another order do not differ. */
export function difference(from: number, to: number): number {
  const result = to - from
  return Math.abs(result) <= ROUNDING * Math.max(Math.abs(from), Math.abs(to)) ? 0 : result
}

/** The unbiased sample variance; `undefined` below two values. */
export function variance(values: readonly number[]): number | undefined {
  const centre = mean(values)
  if (centre === undefined || values.length < 2) return undefined
  return sum(values.map(value => (value - centre) ** 2)) / (values.length - 1)
}
