import { expect, test } from 'vitest'
import { aligned, displayWidth } from '../../src/base/text-table.ts'

test('the first column is left-aligned and the others are right-aligned', () => {
  expect(
    aligned([
      ['', 'turns', 'ms'],
      ['scripts', 4, 12.5],
      ['tools', 11, 7],
    ]),
  ).toBe('         turns    ms\nscripts      4  12.5\ntools       11     7')
})

test('alignment per column, a rule below the head and no blanks at the end of a line', () => {
  const rows = [
    ['id', 'kind', 'n'],
    ['a', 'folder', ''],
    ['long', 'npm', '3'],
  ]
  expect(aligned(rows, { align: ['start', 'start', 'start'], hasRule: true }).split('\n')).toEqual([
    'id    kind    n',
    '----  ------  -',
    'a     folder',
    'long  npm     3',
  ])
})

test('missing cells are empty and no rows give no text', () => {
  expect(aligned([['a', 'b'], ['c']])).toBe('a  b\nc')
  expect(aligned([])).toBe('')
})

test.each([
  ['abc', 3],
  ['日本語', 6],
  ['e\u0301', 1],
  ['🙂', 2],
  ['×–δ', 3],
])('%j takes %d columns', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

test('wide letters keep the next column in line', () => {
  expect(
    aligned([
      ['日本', 'x'],
      ['abc', 'y'],
    ]),
  ).toBe('日本  x\nabc   y')
})
