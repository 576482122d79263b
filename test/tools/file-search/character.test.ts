import { expect, test } from 'vitest'
import { characters, folded, withoutMarks } from '../../../src/tools/file-search/character.ts'

test('folds as the regular expressions of the language do, one character to one', () => {
  const wrong: string[] = []
  for (let code = 0x80; code <= 0x1e943; code++) {
    const character = String.fromCodePoint(code)
    if (character.toLowerCase() === character && character.toUpperCase() === character) continue
    const isSame = new RegExp(`^\\u{${code.toString(16)}}$`, 'iu').test(folded(character))
    if (!isSame || folded(folded(character)) !== folded(character)) wrong.push(character)
  }
  expect(wrong).toEqual([])
})

test('takes the marks from Latin letters alone', () => {
  expect([...'ÀéñøßŁẞй가²'].map(withoutMarks).join('')).toBe('AenosLẞй가2')
})

test('a user-perceived character is one, known by its first code point', () => {
  expect(characters('ae\u0301b')).toEqual(['a', 'e', 'b'])
  expect(characters('👩‍👩‍👧x')).toEqual(['👩', 'x'])
  expect(characters('a\r\nb')).toEqual(['a', '\n', 'b'])
})
