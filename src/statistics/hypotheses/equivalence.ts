import type { DifferenceEstimate } from '../estimates/paired-difference.ts'
import { studentCdf } from '../numbers/distributions.ts'

/** Direction in which a figure is good. */
export type Better = 'higher' | 'lower'

export interface MarginTest {
  margin: number
  /** One-sided p of "worse by the margin or more". */
  notWorseP: number
  /** Two one-sided tests (Schuirmann 1987): the larger of both p. */
  equivalentP: number
  isNotWorse: boolean
  isEquivalent: boolean
}

/**
 * Non-inferiority and equivalence of a difference within ±margin, each at `alpha` one-sided, which for equivalence is
 * the (1 − 2·alpha) interval lying inside the margins.
 */
export function marginTest(
  difference: DifferenceEstimate,
  { margin, better, alpha = 0.05 }: { margin: number; better: Better; alpha?: number },
): MarginTest {
  const { estimate, standardError, df } = difference
  const above = studentCdf(-(estimate + margin) / standardError, df)
  const below = studentCdf((estimate - margin) / standardError, df)
  const notWorseP = better === 'higher' ? above : below
  const equivalentP = Math.max(above, below)
  return {
    ...{ margin, notWorseP, equivalentP },
    isNotWorse: notWorseP < alpha,
    isEquivalent: equivalentP < alpha,
  }
}
