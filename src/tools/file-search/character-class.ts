import { folded } from './character.ts'

/** Kinds of characters, in nucleo's order: everything after `delimiter` is part of a word. */
export const CHARACTER_CLASS = {
  whitespace: 0,
  nonWord: 1,
  delimiter: 2,
  lower: 3,
  upper: 4,
  letter: 5,
  number: 6,
} as const
export type CharacterClass = (typeof CHARACTER_CLASS)[keyof typeof CHARACTER_CLASS]

const { whitespace, nonWord, delimiter, lower, upper, letter, number } = CHARACTER_CLASS

/** Tells the kind of a code point when `delimiters` separate words. */
export function createClassifier(delimiters: string): (code: number) => CharacterClass {
  const ascii = Array.from({ length: 128 }, (_, code) => {
    const character = String.fromCharCode(code)
    return delimiters.includes(character) ? delimiter : classOfAscii(character)
  })
  return code => ascii[code] ?? classOfNonAscii(String.fromCodePoint(code))
}

function classOfAscii(character: string): CharacterClass {
  if (/[a-z]/.test(character)) return lower
  if (/[A-Z]/.test(character)) return upper
  if (/[0-9]/.test(character)) return number
  return /[\t\n\f\r ]/.test(character) ? whitespace : nonWord
}

function classOfNonAscii(character: string): CharacterClass {
  if (/^\p{Lowercase}/u.test(character)) return lower
  if (folded(character) !== character) return upper
  if (/^\p{N}/u.test(character)) return number
  if (/^\p{Alphabetic}/u.test(character)) return letter
  return /^\p{White_Space}/u.test(character) ? whitespace : nonWord
}
