import { defined } from '../../base/defined.ts'
import type { DifferenceEstimate } from '../estimates/paired-difference.ts'
import type { Better, MarginTest } from './equivalence.ts'

export type VerdictWord = 'better' | 'worse' | 'equivalent' | 'not worse' | 'inconclusive' | 'no data'

export interface Verdict {
  word: VerdictWord
  /** What a comparison of this precision would have found, in the difference's unit. */
  minimumDetectableEffect?: number
  margin?: number
}

interface VerdictInput {
  difference: DifferenceEstimate | undefined
  /** Holm-adjusted over the confirmatory family. */
  adjustedP: number | undefined
  better: Better
  margins?: MarginTest
  minimumDetectableEffect?: number
  alpha?: number
}

/**
 * The word for a difference: better or worse iff the adjusted p of the default method is below alpha; else equivalent
 * or not worse within a declared margin; else inconclusive, with the effect that could have been seen.
 */
export function verdictOf(input: VerdictInput): Verdict {
  const { difference, adjustedP, better, margins, minimumDetectableEffect, alpha = 0.05 } = input
  if (difference === undefined || adjustedP === undefined) return { word: 'no data' }
  const rest = defined({ minimumDetectableEffect, margin: margins?.margin })
  if (adjustedP < alpha) {
    const isHigher = difference.estimate > 0
    return { word: isHigher === (better === 'higher') ? 'better' : 'worse', ...rest }
  }
  if (margins?.isEquivalent) return { word: 'equivalent', ...rest }
  if (margins?.isNotWorse) return { word: 'not worse', ...rest }
  return { word: 'inconclusive', ...rest }
}

/**
 * "Cheaper" passes two gates: the ratio's interval lies below 1 with an adjusted p below alpha, and solved is not worse
 * by the margin: giving up is cheap.
 */
export function cheaperVerdict(cost: Verdict, solved: MarginTest | undefined): Verdict {
  if (cost.word !== 'better' || solved?.isNotWorse === true) return cost
  return { ...cost, word: 'inconclusive' }
}

/** A verdict that changes with how failed trials are counted is inconclusive. */
export function boundedVerdict(verdicts: readonly Verdict[]): Verdict & { isBounded: boolean } {
  const [first, ...others] = verdicts
  if (first === undefined) return { word: 'no data', isBounded: false }
  const isBounded = others.some(other => other.word !== first.word)
  return isBounded ? { ...first, word: 'inconclusive', isBounded } : { ...first, isBounded }
}
