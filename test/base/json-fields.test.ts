// Covers: base/defined.ts, base/error-text.ts, base/plain-text.ts, base/utf8-bytes.ts, base/xml-text.ts

import { expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { errorText } from '../../src/base/error-text.ts'
import { asList, asObject, asText, isObject, parsedJson } from '../../src/base/json-fields.ts'
import { plainLine, plainText } from '../../src/base/plain-text.ts'
import { utf8Bytes } from '../../src/base/utf8-bytes.ts'
import { xmlText } from '../../src/base/xml-text.ts'

test('only an object is an object: null and lists are not', () => {
  expect([{}, { a: 1 }].every(isObject)).toBe(true)
  expect([null, [], 'x', 1, undefined].some(isObject)).toBe(false)
})

test('a field of the wrong kind reads as empty', () => {
  expect([asObject([1]), asList({ 0: 1 }), asText(5)]).toEqual([{}, [], ''])
  expect([asObject({ a: 1 }), asList([1]), asText('t')]).toEqual([{ a: 1 }, [1], 't'])
})

test('text that is not JSON has no value, and JSON null does', () => {
  expect(parsedJson('{"a":')).toBeUndefined()
  expect(parsedJson('null')).toBeNull()
})

test('undefined properties are absent from a copy; null, 0, false and "" stay', () => {
  expect(Object.keys(defined({ a: undefined, b: null, c: 0, d: false, e: '' }))).toEqual(['b', 'c', 'd', 'e'])
})

test('anything thrown has a text', () => {
  expect([errorText(new TypeError('bad')), errorText('text'), errorText(undefined)]).toEqual([
    'bad',
    'text',
    'undefined',
  ])
})

test('deceiving characters are shown by number, and one line is cut by whole characters', () => {
  expect(plainText('a\u202eb\r\n\tc\u0007')).toBe('a⟨U+202E⟩b\n\tc⟨U+0007⟩')
  expect(plainLine(' a \n b ', 10)).toBe('a b')
  expect(plainLine('🙂🙂🙂', 2)).toBe('🙂…')
})

test('XML text has no markup and no characters that XML forbids', () => {
  expect(xmlText(`<a b="c" d='e'>&\u0001\ud800`)).toBe('&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;\ufffd\ufffd')
})

test('bytes are counted as UTF-8', () => {
  expect(['a', 'é', '€', '🙂'].map(utf8Bytes)).toEqual([1, 2, 3, 4])
})
