/**
 * Upper bound of a rate of which no event was seen in n trials: 1 − α^(1/n), about 3/n for α = 0.05 (Hanley &
 * Lippman-Hand 1983). `undefined` for n = 0.
 */
export function zeroEventsUpperBound(n: number, alpha = 0.05): number | undefined {
  return n <= 0 ? undefined : 1 - alpha ** (1 / n)
}
