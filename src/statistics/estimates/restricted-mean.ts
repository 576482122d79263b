import { mean } from '../numbers/moments.ts'

/** One trial's amount; `isCensored`: a limit ended it, so the true amount is at least this. */
export interface CensoredValue {
  value: number
  isCensored: boolean
}

export interface RestrictedMean {
  /** Mean of min(value, cap): what is known of every trial, whatever a limit cut off. */
  mean: number
  cap: number
  /** Share of trials a limit ended. */
  censoredShare: number
}

/**
 * The mean restricted at a cap that no censored trial undercuts (Royston & Parmar 2013), which stays comparable
 * between arms with the same limit. Without a cap the smallest censored value is taken. `undefined` without values, or for
 * a cap above a censored value.
 */
export function restrictedMean(values: readonly CensoredValue[], cap?: number): RestrictedMean | undefined {
  if (values.length === 0) return undefined
  const censored = values.filter(each => each.isCensored).map(each => each.value)
  const capMax = censored.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...censored)
  const at = cap ?? capMax
  if (at > capMax) return undefined
  const centre = mean(values.map(each => Math.min(each.value, at))) as number
  return { mean: centre, cap: at, censoredShare: censored.length / values.length }
}
