import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  parseEffectSize,
  parseFactor,
  parseJson,
  parseLimits,
  parseList,
  parseMargin,
  parsePower,
  parseUsd,
  wholeNumber,
} from '../../../src/cli/options/parsers.ts'

test('a list is split at commas and trimmed', () => {
  expect(parseList('a, b,c')).toEqual(['a', 'b', 'c'])
})

test('whole numbers within the bounds are read, and nothing else', () => {
  fc.assert(fc.property(fc.integer({ min: 1 }), value => wholeNumber(1)(`${value}`) === value))
  expect(wholeNumber(0, 9)('9')).toBe(9)
  expect(() => wholeNumber(0, 9)('10')).toThrow('from 0 to 9')
})

const READ: [parse: (text: string) => unknown, text: string, value: unknown][] = [
  [parseFactor, 'leniency=lenient, strict', { leniency: ['lenient', 'strict'] }],
  [parseLimits, 'wallTimeMs=5000, graceMs=0', { wallTimeMs: 5000, graceMs: 0 }],
  [parseMargin, '5pp', 0.05],
  [parseMargin, '2.5%', 0.025],
  [parseMargin, '0.05', 0.05],
  [parseEffectSize, '10pp', { kind: 'points', share: 0.1 }],
  [parseEffectSize, '0.8x', { kind: 'ratio', ratio: 0.8 }],
  [parsePower, '.9', 0.9],
  [parseUsd, '12.5', 12.5],
  [parseJson, '{"a": [1]}', { a: [1] }],
]

test.each(READ)('%o reads %s', (parse, text, value) => {
  expect(parse(text)).toEqual(value)
})

const REFUSED: [parse: (text: string) => unknown, message: string, texts: string[]][] = [
  [parseList, 'expected a list such as a,b', ['', ',', 'a,', ' , a']],
  [
    wholeNumber(1),
    'expected a whole number of at least 1',
    ['', '0', '-1', '1.5', '1e3', '0x10', ' 1', '1_000', 'Infinity', '9007199254740993'],
  ],
  [parseFactor, 'expected', ['tools', '=full', 'tools=', 'tools=a,']],
  [parseLimits, 'wallTimeMs', ['wallTime=1', 'wallTimeMs', 'wallTimeMs=0', 'wallTimeMs=1.5']],
  [parseMargin, 'such as 5pp', ['', '7', '0', '-5pp', '5 pp', '100pp']],
  [parseEffectSize, 'such as 10pp', ['', '10', '1x', '0pp', 'x']],
  [parsePower, 'such as 0.8', ['', '1', '0.4', '80%', '8']],
  [parseUsd, 'above 0', ['', '0', '-1', '$5', '1e3']],
  [parseJson, 'expected JSON', ['', '{', 'yes']],
]

test.each(REFUSED)('%o refuses what it cannot read: %s', (parse, message, texts) => {
  for (const text of texts) expect(() => parse(text), text).toThrow(message)
})
