import { withoutMarks } from './character.ts'
import { CHARACTER_CLASS, type CharacterClass, createClassifier } from './character-class.ts'
import { withoutMarksEarly } from './early-letters.ts'

/** The releases of Codex whose search can be imitated. */
export type SearchProfile = '0.169' | '0.55'

/** What the matcher of a release takes for the parts of a path. */
export interface MatchRules {
  classOf(code: number): CharacterClass
  /** A letter without its marks. */
  plain(character: string): string
  /** What the place before the first character counts as. */
  initialClass: CharacterClass
  /** What a match is worth for the kind of its character and that of the one before; by `bonusIndex`. */
  bonuses: readonly number[]
  /** Nothing better is looked for beyond a match of a single place worth this. */
  bonusEnough: number
  /** Whether ASCII, also with combining marks or a `\\r\\n` in it, is matched byte by byte. */
  readsBytes: boolean
}

// Values and their reasons: nucleo-matcher, score.rs.
export const SCORE_MATCH = 16
export const PENALTY_GAP_START = 3
export const PENALTY_GAP_EXTENSION = 1
export const BONUS_BOUNDARY = 8
export const BONUS_CONSECUTIVE = 4
export const BONUS_FIRST_CHARACTER_MULTIPLIER = 2
const BONUS_DELIMITER = BONUS_BOUNDARY + 1
const BONUS_CAMEL_OR_NUMBER = BONUS_BOUNDARY - PENALTY_GAP_START

const CLASSES = Object.values(CHARACTER_CLASS)

export function bonusIndex(before: CharacterClass, current: CharacterClass): number {
  return before * CLASSES.length + current
}

function bonusBetween(before: CharacterClass, current: CharacterClass, bonusWhitespace: number): number {
  const { whitespace, delimiter, nonWord, lower, upper, number } = CHARACTER_CLASS
  if (current > delimiter) {
    if (before === whitespace) return bonusWhitespace
    if (before === delimiter) return BONUS_DELIMITER
    if (before === nonWord) return BONUS_BOUNDARY
  }
  if ((before === lower && current === upper) || (before !== number && current === number)) return BONUS_CAMEL_OR_NUMBER
  if (current === whitespace) return bonusWhitespace
  return current === nonWord ? BONUS_BOUNDARY : 0
}

function matchRules(
  delimiters: string,
  bonusWhitespace: number,
  others: Pick<MatchRules, 'initialClass' | 'plain' | 'readsBytes'>,
): MatchRules {
  const bonuses = CLASSES.flatMap(before => CLASSES.map(current => bonusBetween(before, current, bonusWhitespace)))
  return { classOf: createClassifier(delimiters), bonuses, bonusEnough: bonusWhitespace, ...others }
}

/** Nucleo's configuration for paths, and its default. */
export const MATCH_RULES: Record<SearchProfile, MatchRules> = {
  '0.169': matchRules('/', BONUS_BOUNDARY, {
    initialClass: CHARACTER_CLASS.delimiter,
    plain: withoutMarks,
    readsBytes: false,
  }),
  '0.55': matchRules('/,:;|', BONUS_BOUNDARY + 2, {
    initialClass: CHARACTER_CLASS.whitespace,
    plain: withoutMarksEarly,
    readsBytes: true,
  }),
}
