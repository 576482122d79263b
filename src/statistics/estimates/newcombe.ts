import { type Interval, wilsonInterval } from './wilson.ts'

/** Tasks by what two arms made of them, one trial each. */
export interface PairedCounts {
  both: number
  /** Solved by the first arm only. */
  first: number
  /** Solved by the second arm only. */
  second: number
  neither: number
}

/** The correlation of the two columns, with Newcombe's continuity correction of a positive one. */
function phi({ both, first, second, neither }: PairedCounts): number {
  const product = (both + first) * (second + neither) * (both + second) * (first + neither)
  if (product === 0) return 0
  const n = both + first + second + neither
  const cross = both * neither - first * second
  const corrected = cross > 0 ? Math.max(0, cross - n / 2) : cross
  return corrected / Math.sqrt(product)
}

/**
 * The interval of the difference second − first of two paired proportions: Newcombe 1998 (Statistics in Medicine 17,
 * 2635–2650), method 10. Does not collapse without discordant pairs. `undefined` for no tasks.
 */
export function newcombeInterval(counts: PairedCounts, level = 0.95): Interval | undefined {
  const { both, first, second, neither } = counts
  const n = both + first + second + neither
  const one = wilsonInterval(both + second, n, level)
  const two = wilsonInterval(both + first, n, level)
  if (one === undefined || two === undefined) return undefined
  const p1 = (both + second) / n
  const p2 = (both + first) / n
  const r = phi(counts)
  const distance = (a: number, b: number) => Math.sqrt(Math.max(0, a * a - 2 * r * a * b + b * b))
  const difference = p1 - p2
  return {
    lower: difference - distance(p1 - one.lower, two.upper - p2),
    upper: difference + distance(one.upper - p1, p2 - two.lower),
  }
}
