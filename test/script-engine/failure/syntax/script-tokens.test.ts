// Covers: script-engine/failure/syntax/parse-program.ts
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs
import { expect, test } from 'vitest'
import { parseProgram } from '../../../../src/script-engine/failure/syntax/parse-program.ts'
import { firstTokenAfter, tokenAt, tokensOf } from '../../../../src/script-engine/failure/syntax/script-tokens.ts'

test.each([
  ['const a = b?.[0] ?? /[/]x/g', ['const', 'a', '=', 'b', '?.', '[', '0', ']', '??', '/[/]x/g']],
  ['`a${b}c${`d`}` + "e"', ['`', 'a${', 'b', '}', 'c${', '`', 'd`', '}', '`', '+', '"e"']],
  ['class A { #p = 1 } // end', ['class', 'A', '{', '#p', '=', '1', '}']],
])('%s', (code, texts) => {
  for (const tokens of [tokensOf(code), parseProgram(code).tokens]) {
    expect(tokens.map(({ text }) => text)).toEqual(texts)
    for (const { text, start, end } of tokens) expect(code.slice(start, end)).toBe(text)
    for (const [index, { partner }] of tokens.entries()) {
      if (partner !== undefined) expect(tokens[partner]?.partner).toBe(index)
    }
  }
})

test.each([
  ['const a: = `b${c', ['const', 'a', ':', '=', '`', 'b${', 'c']],
  ['f(`open ${1} and', ['f', '(', '`', 'open ${', '1', '}', ' and']],
  ['a(1, "open', ['a', '(', '1', ',']],
])('a source that does not parse has tokens up to what cannot be read: %s', (code, texts) => {
  expect(parseProgram(code).tree).toBeUndefined()
  expect(tokensOf(code).map(({ text }) => text)).toEqual(texts)
})

test('a token is found by any offset in it', () => {
  const tokens = tokensOf('ab + cd')
  expect([0, 1, 2, 3, 4, 5, 6, 7].map(offset => tokenAt(tokens, offset))).toEqual([
    0,
    0,
    undefined,
    1,
    undefined,
    2,
    2,
    undefined,
  ])
  expect([0, 1, 3, 4, 6].map(offset => firstTokenAfter(tokens, offset))).toEqual([0, 1, 1, 2, 3])
})
