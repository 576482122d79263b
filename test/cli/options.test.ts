import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFactor, parseList, wholeNumber } from '../../src/cli/options.ts'

test('a list is split at commas and trimmed', () => {
  expect(parseList('a, b,c')).toEqual(['a', 'b', 'c'])
})

test.each(['', ',', 'a,', ' , a'])('"%s" is no list', text => {
  expect(() => parseList(text)).toThrow('a,b')
})

test('whole numbers from the least one on are read, and nothing else', () => {
  fc.assert(fc.property(fc.integer({ min: 1 }), value => wholeNumber(1)(`${value}`) === value))
  for (const text of ['', '0', '-1', '1.5', '1e3', '0x10', ' 1', '1_000', 'Infinity', '9007199254740993']) {
    expect(() => wholeNumber(1)(text), text).toThrow('whole number')
  }
})

test('factors add up over several options', () => {
  expect(parseFactor('tools=full', parseFactor('leniency=lenient,strict'))).toEqual({
    leniency: ['lenient', 'strict'],
    tools: ['full'],
  })
  for (const text of ['tools', '=full', 'tools=', 'tools=a,']) expect(() => parseFactor(text), text).toThrow()
})
