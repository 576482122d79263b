import { expect, test } from 'vitest'
import { hint, nearest } from '../../src/base/did-you-mean.ts'

test.each([
  ['temperatur', ['temperature', 'spec'], '; did you mean "temperature"?'],
  ['MODE', ['mode'], '; did you mean "mode"?'],
  ['script', ['structured-serial', 'script-tool'], '; did you mean "script-tool"?'],
  ['banana', ['mode', 'tools'], '; known: mode, tools'],
  ['banana', [], ''],
])('%s among %j gives %j', (word, known, expected) => {
  expect(hint(word, known)).toBe(expected)
})

test('the nearest comes first', () => {
  expect(nearest('csv-rows', ['cxv-row', 'csv-quotes', 'csv-row'], { countMax: 2 })).toEqual(['csv-row', 'cxv-row'])
})
