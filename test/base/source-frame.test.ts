import { expect, test } from 'vitest'
import { sourceFrame } from '../../src/base/source-frame.ts'

test('first and last line have two neighbours fewer', () => {
  expect(sourceFrame('a\nb', 1, 1)).toBe('> 1 | a\n    | ^\n  2 | b')
  expect(sourceFrame('a\nb', 2, 2)).toBe('  1 | a\n> 2 | b\n    |  ^')
})

test('line numbers are aligned and tabs keep the caret in place', () => {
  const source = `${'x\n'.repeat(8)}\tfoo\nlast`
  expect(sourceFrame(source, 9, 2)).toBe('   8 | x\n>  9 | \tfoo\n     | \t^\n  10 | last')
})

test('has no caret without a column', () => {
  expect(sourceFrame('a', 1)).toBe('> 1 | a')
})

test('of a long line the part around the column is shown', () => {
  const frame = sourceFrame(`${'x'.repeat(1000)}HERE${'y'.repeat(1000)}`, 1, 1001)
  const [line = '', caret = ''] = frame.split('\n')
  expect(line.length).toBeLessThan(200)
  expect(line.indexOf('HERE')).toBe(caret.indexOf('^'))
})
