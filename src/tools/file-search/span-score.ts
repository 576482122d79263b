import type { Haystack } from './haystack.ts'
import type { Match } from './match.ts'
import {
  BONUS_BOUNDARY,
  BONUS_CONSECUTIVE,
  BONUS_FIRST_CHARACTER_MULTIPLIER,
  PENALTY_GAP_EXTENSION,
  PENALTY_GAP_START,
  SCORE_MATCH,
} from './search-profile.ts'

export interface Span {
  haystack: Haystack
  /** The haystack's code points as scoring compares them. */
  text: readonly number[]
  /** As they are compared where only equality is asked for. */
  equal: readonly number[]
  needle: readonly number[]
}

/** Scores the match that takes each needle character at its first place between `start` and `end`. */
export function scoreSpan({ haystack, text, needle }: Span, start: number, end: number): Match {
  const { bonuses } = haystack
  let firstBonus = bonuses[start] as number
  let score = SCORE_MATCH + firstBonus * BONUS_FIRST_CHARACTER_MULTIPLIER
  const indices = [start]
  let isConsecutive = true
  let inGap = false
  let next = needle[1] ?? needle[0]
  for (let index = start + 1; index < end; index++) {
    if (text[index] !== next) {
      score = Math.max(0, score - (inGap ? PENALTY_GAP_EXTENSION : PENALTY_GAP_START))
      inGap = true
      isConsecutive = false
      continue
    }
    indices.push(index)
    let bonus = bonuses[index] as number
    if (isConsecutive) {
      if (bonus >= BONUS_BOUNDARY && bonus > firstBonus) firstBonus = bonus
      bonus = Math.max(bonus, firstBonus, BONUS_CONSECUTIVE)
    } else firstBonus = bonus
    score += SCORE_MATCH + bonus
    inGap = false
    isConsecutive = true
    next = needle[indices.length] ?? next
  }
  return { score, indices: () => indices }
}
