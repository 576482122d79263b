import { expect, test } from 'vitest'
import { documentation, keyOf, literalType } from '../../../src/script-engine/declarations/type-text.ts'

test('a comment of one line, of several, and of none', () => {
  expect(documentation(' The path. ', '  ')).toBe('  /** The path. */\n')
  expect(documentation('One.\n\nTwo.', '  ')).toBe('  /**\n   * One.\n   *\n   * Two.\n   */\n')
  expect(documentation(' \n ', '  ')).toBe('')
})

test('a text cannot end its comment', () => {
  expect(documentation('a glob such as **/*.ts', '')).toBe('/** a glob such as **\\/*.ts */\n')
})

test.each([
  ['path', 'path'],
  ['$été_1', '$été_1'],
  ['max-lines', '"max-lines"'],
  ['1st', '"1st"'],
  ['', '""'],
  ['a"b', '"a\\"b"'],
])('the property %j is written %s', (name, written) => {
  expect(keyOf(name)).toBe(written)
})

test('plain values are their own type, others are unknown', () => {
  expect(['a', 1.5, true, null].map(literalType)).toEqual(['"a"', '1.5', 'true', 'null'])
  expect([{}, [1], undefined].map(literalType)).toEqual(['unknown', 'unknown', 'unknown'])
})
