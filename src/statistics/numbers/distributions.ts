import { compiled, incbet, incbi, lgam, ndtri } from 'cephes'
import { ROUNDING } from './moments.ts'

// Moshier's Cephes library as WebAssembly: right to ten digits and more where it was compared with R.
await compiled

const NEWTON_STEPS = 4
const NEARLY_NORMAL_DF = 1_000

/** P(|T| ≥ |t|) of Student's t by the incomplete beta function, from the end where no digits are lost. */
export function studentTwoSidedP(t: number, df: number): number {
  if (Number.isNaN(t)) return Number.NaN
  if (!Number.isFinite(t)) return 0
  const square = t * t
  return square < Math.min(1, df)
    ? 1 - incbet(0.5, df / 2, square / (df + square))
    : incbet(df / 2, 0.5, df / (df + square))
}

/** P(T ≤ t). */
export function studentCdf(t: number, df: number): number {
  const tail = studentTwoSidedP(t, df) / 2
  return t < 0 ? tail : 1 - tail
}

/** The t with P(T ≤ t) = p. */
export function studentQuantile(p: number, df: number): number {
  return p < 0.5 ? -upperQuantile(p, df) : upperQuantile(1 - p, df)
}

/** The t ≥ 0 with P(T ≥ t) = tail. */
function upperQuantile(tail: number, df: number): number {
  if (tail === 0 || tail === 0.5) return tail === 0 ? Number.POSITIVE_INFINITY : 0
  let t = roughUpperQuantile(tail, df)
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const above = studentTwoSidedP(t, df) / 2
    const change = (Math.log(above / tail) * above) / studentDensity(t, df)
    t += change
    if (Math.abs(change) <= ROUNDING * t) break
  }
  return t
}

/** By the inverse of the incomplete beta function, which leaves the last digits open and fails at large df. */
function roughUpperQuantile(tail: number, df: number): number {
  if (df > NEARLY_NORMAL_DF) return -ndtri(tail)
  const isInMiddle = tail > 0.25
  const share = isInMiddle ? incbi(0.5, df / 2, 1 - 2 * tail) : incbi(df / 2, 0.5, 2 * tail)
  return Math.sqrt(isInMiddle ? (df * share) / (1 - share) : (df * (1 - share)) / share)
}

function studentDensity(t: number, df: number): number {
  const scale = Math.exp(lgam((df + 1) / 2) - lgam(df / 2)) / Math.sqrt(df * Math.PI)
  return scale * (1 + (t * t) / df) ** (-(df + 1) / 2)
}

/** The z with P(Z ≤ z) = p. */
export function normalQuantile(p: number): number {
  return ndtri(p)
}

/** P(X = k) of n fair coins. */
export function fairCoinPmf(k: number, n: number): number {
  return Math.exp(lgam(n + 1) - lgam(k + 1) - lgam(n - k + 1) - n * Math.LN2)
}

/** P(X ≤ k) of n fair coins. */
export function fairCoinCdf(k: number, n: number): number {
  if (k < 0) return 0
  return k >= n ? 1 : incbet(n - k, k + 1, 0.5)
}
