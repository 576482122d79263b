import {
  CHARACTER_CLASS,
  type CharacterClass,
  characters,
  classOf,
  folded,
  isAscii,
  withoutMarks,
} from './character.ts'

/** A path prepared for matching; computed once, used by every atom of a query. */
export interface Haystack {
  isAscii: boolean
  classes: CharacterClass[]
  /** Case folded, as every comparison wants them. */
  folded: string[]
  /** Case folded and without marks. */
  plain: string[]
}

export function createHaystack(text: string): Haystack {
  if (isAscii(text)) {
    const lower = text.toLowerCase().split('')
    return { isAscii: true, classes: text.split('').map(classOf), folded: lower, plain: lower }
  }
  const all = characters(text)
  return {
    isAscii: false,
    classes: all.map(classOf),
    folded: all.map(folded),
    plain: all.map(character => folded(withoutMarks(character))),
  }
}

// Values and their reasons: nucleo-matcher, score.rs, in the configuration for paths.
export const SCORE_MATCH = 16
export const PENALTY_GAP_START = 3
export const PENALTY_GAP_EXTENSION = 1
export const BONUS_BOUNDARY = 8
export const BONUS_CONSECUTIVE = 4
export const BONUS_FIRST_CHARACTER_MULTIPLIER = 2
const BONUS_BOUNDARY_DELIMITER = BONUS_BOUNDARY + 1
const BONUS_CAMEL_OR_NUMBER = BONUS_BOUNDARY - PENALTY_GAP_START

/** What a match at `index` is worth for standing at a word's beginning. */
export function bonusAt({ classes }: Haystack, index: number): number {
  const before = index === 0 ? CHARACTER_CLASS.delimiter : (classes[index - 1] as CharacterClass)
  return bonusBetween(before, classes[index] as CharacterClass)
}

function bonusBetween(before: CharacterClass, current: CharacterClass): number {
  const { whitespace, delimiter, nonWord, lower, upper, number } = CHARACTER_CLASS
  if (current > delimiter) {
    if (before === whitespace) return BONUS_BOUNDARY
    if (before === delimiter) return BONUS_BOUNDARY_DELIMITER
    if (before === nonWord) return BONUS_BOUNDARY
  }
  if ((before === lower && current === upper) || (before !== number && current === number)) return BONUS_CAMEL_OR_NUMBER
  if (current === whitespace) return BONUS_BOUNDARY
  return current === nonWord ? BONUS_BOUNDARY : 0
}
