import type { Random } from '../../src/base/random.ts'

/** Box and Muller 1958. */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Mean 1, standard deviation 1, skewed to the right. */
export function drawExponential(random: Random): number {
  return -Math.log(1 - random())
}

/** The log-odds of a Beta(shape, shape) variable, shape ≤ 1 (Jöhnk 1964). */
export function drawBetaLogit(random: Random, shape: number): number {
  for (;;) {
    const one = random() ** (1 / shape)
    const two = random() ** (1 / shape)
    if (one + two <= 1 && one > 0 && two > 0) return Math.log(one / two)
  }
}
