import { normalQuantile } from '../numbers/distributions.ts'

export interface Interval {
  lower: number
  upper: number
}

/**
 * Wilson's score interval of a proportion (Wilson 1927; recommended below about 100 tasks by Bowyer et al. 2025,
 * arXiv 2503.01747). `undefined` for n = 0.
 */
export function wilsonInterval(successes: number, n: number, level = 0.95): Interval | undefined {
  if (n <= 0) return undefined
  const z = normalQuantile(1 - (1 - level) / 2)
  const share = successes / n
  const centre = share + (z * z) / (2 * n)
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return {
    lower: successes === 0 ? 0 : (centre - half) / scale,
    upper: successes === n ? 1 : (centre + half) / scale,
  }
}
