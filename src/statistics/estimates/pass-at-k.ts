/** C(a, k)/C(b, k) for a ≤ b, as a product so that nothing overflows. */
function chooseRatio(a: number, b: number, k: number): number {
  let ratio = 1
  for (let index = 0; index < k; index++) ratio *= (a - index) / (b - index)
  return Math.max(0, ratio)
}

/**
 * pass@k of one task, unbiased: 1 − C(n−c, k)/C(n, k) for c successes in n trials (Chen et al. 2021, arXiv 2107.03374).
 * `undefined` when n < k.
 */
export function passAtK(successes: number, trials: number, k: number): number | undefined {
  if (trials < k || k < 1) return undefined
  return 1 - (trials - successes < k ? 0 : chooseRatio(trials - successes, trials, k))
}

/**
 * pass^k of one task, unbiased: C(c, k)/C(n, k), the chance that k trials all succeed (Yao et al. 2024,
 * arXiv 2406.12045). The plug-in (c/n)^k is biased upwards. `undefined` when n < k.
 */
export function passHatK(successes: number, trials: number, k: number): number | undefined {
  if (trials < k || k < 1) return undefined
  return successes < k ? 0 : chooseRatio(successes, trials, k)
}
