import { expect, test } from 'vitest'
import { describeDifference } from '../../../src/port-check/check-report/describe-difference.ts'

test('shows changed lines with what is around them, and its name', () => {
  const shown = describeDifference({ part: 'text', name: 'stdout', expected: 'a\nb\nc', observed: 'a\nB\nc' })
  const lines = shown.split('\n')
  expect(lines[0]).toBe('text stdout (- upstream, + port)')
  expect(lines.filter(line => line.startsWith('- '))).toEqual([expect.stringContaining('b')])
  expect(lines.filter(line => line.startsWith('+ '))).toEqual([expect.stringContaining('B')])
})

test('of a tree, each path is a line', () => {
  const shown = describeDifference({ part: 'tree', expected: { 'a.txt': { f: 'x' } }, observed: { 'a.txt': null } })
  expect(shown).toContain('- a.txt: {"f":"x"}')
  expect(shown).toContain('+ a.txt: null')
})

test('a long difference is cut, and how much is left out is shown', () => {
  const lines = Array.from({ length: 500 }, (_, index) => `line ${index}`)
  const shown = describeDifference({ part: 'text', expected: lines.join('\n'), observed: 'x'.repeat(10_000) })
  expect(shown).toMatch(/… \d+ more lines$/)
  expect(Math.max(...shown.split('\n').map(line => line.length))).toBeLessThan(1_000)
})
