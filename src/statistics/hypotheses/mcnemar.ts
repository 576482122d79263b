import { fairCoinCdf, fairCoinPmf } from '../numbers/distributions.ts'

export interface McNemar {
  discordant: number
  /** Exact, two-sided: min(1, 2·P[Bin(b+c, ½) ≤ min(b, c)]). */
  exactP: number
  /**
   * Mid-p (Fagerland, Lydersen & Laake 2013): the observed point counts half in either tail, so its probability less;
   * half of it less where both counts are equal.
   */
  midP: number
}

/** McNemar's test on tasks that only one of two arms solved, one trial each. `undefined` without such tasks. */
export function mcnemar(firstOnly: number, secondOnly: number): McNemar | undefined {
  const discordant = firstOnly + secondOnly
  if (discordant === 0) return undefined
  const fewer = Math.min(firstOnly, secondOnly)
  const point = fairCoinPmf(fewer, discordant)
  const twice = 2 * fairCoinCdf(fewer, discordant)
  return {
    discordant,
    exactP: Math.min(1, twice),
    midP: firstOnly === secondOnly ? 1 - point / 2 : twice - point,
  }
}
