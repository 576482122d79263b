import { expect, test } from 'vitest'
import { readArguments } from '../../src/agent/read-arguments.ts'

test('valid JSON is taken as it is', () => {
  expect(readArguments('{"a": [1]}', 'strict')).toEqual({ ok: true, args: { a: [1] }, isRepaired: false })
})

test('no text at all means no arguments', () => {
  expect(readArguments('  ', 'strict')).toEqual({ ok: true, args: {}, isRepaired: false })
})

test.each([
  ['a trailing comma', '{"a": 1,}'],
  ['single quotes', "{'a': 1}"],
  ['a missing brace', '{"a": 1'],
  ['a code fence', '```json\n{"a": 1}\n```'],
])('lenient reading repairs %s', (_, text) => {
  expect(readArguments(text, 'lenient')).toEqual({ ok: true, args: { a: 1 }, isRepaired: true })
})

test('strict reading repairs nothing and says what is wrong', () => {
  expect(readArguments("{'a': 1}", 'strict')).toMatchObject({
    ok: false,
    message: expect.stringContaining('not valid JSON'),
  })
})

test('prose is not taken for arguments, however leniently', () => {
  expect(readArguments('I would rather not', 'lenient').ok).toBe(false)
})
