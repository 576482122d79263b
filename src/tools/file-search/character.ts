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

export function classOf(character: string): CharacterClass {
  return ASCII_CLASSES[character.charCodeAt(0)] ?? classOfNonAscii(character)
}

const ASCII_CLASSES = Array.from({ length: 128 }, (_, code) => classOfAscii(String.fromCharCode(code)))

function classOfAscii(character: string): CharacterClass {
  if (/[a-z]/.test(character)) return lower
  if (/[A-Z]/.test(character)) return upper
  if (/[0-9]/.test(character)) return number
  if (/[\t\n\f\r ]/.test(character)) return whitespace
  return character === '/' ? delimiter : nonWord
}

function classOfNonAscii(character: string): CharacterClass {
  if (/^\p{Lowercase}/u.test(character)) return lower
  if (/^\p{Uppercase}/u.test(character)) return upper
  if (/^\p{N}/u.test(character)) return number
  if (/^\p{Alphabetic}/u.test(character)) return letter
  return /^\p{White_Space}/u.test(character) ? whitespace : nonWord
}

/** Simple case folding: one character to one. */
export function folded(character: string): string {
  const low = character.toLowerCase()
  return codePoints(low) === 1 ? low : character
}

/** Latin letters that have no decomposition but are read as a plain one. */
const PLAIN_LETTERS: Record<string, string> = {
  Ø: 'O',
  ø: 'o',
  Đ: 'D',
  đ: 'd',
  Ł: 'L',
  ł: 'l',
  Ħ: 'H',
  ħ: 'h',
  Ŧ: 'T',
  ŧ: 't',
  ı: 'i',
  ß: 's',
  ƒ: 'f',
}

/** A Latin letter without its marks; anything else unchanged. */
export function withoutMarks(character: string): string {
  if (character < '\u0080') return character
  const plain = PLAIN_LETTERS[character]
  if (plain !== undefined) return plain
  const [base = '', ...marks] = character.normalize('NFD')
  return marks.length > 0 && /^[A-Za-z]$/.test(base) ? base : character
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** One character for each user-perceived one: the first code point of each grapheme. */
export function characters(text: string): string[] {
  if (isAscii(text)) return text.split('')
  return [...segmenter.segment(text)].map(({ segment }) => String.fromCodePoint(segment.codePointAt(0) as number))
}

export function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}

function codePoints(text: string): number {
  return [...text].length
}
