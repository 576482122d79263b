import { expect, test } from 'vitest'
import { isWhiteSpace, trim, trimEnd, trimStart } from '../../src/tools/rust-trim.ts'

test.each([
  ['\u0085', true],
  ['\u00a0', true],
  ['\u2028', true],
  ['\u000b', true],
  ['\ufeff', false],
  ['\u200b', false],
  ['a', false],
])('%j is white space to Rust: %s', (character, expected) => {
  expect(isWhiteSpace(character)).toBe(expected)
})

test('trims what Rust trims, on the sides asked for', () => {
  const text = '\u0085 \ta b\u3000\n'
  expect(trimStart(text)).toBe('a b\u3000\n')
  expect(trimEnd(text)).toBe('\u0085 \ta b')
  expect(trim(text)).toBe('a b')
  expect(trim('\ufeffa\ufeff')).toBe('\ufeffa\ufeff')
  expect(trim(' \n')).toBe('')
})
