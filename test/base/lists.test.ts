import { expect, test } from 'vitest'
import { compareText, distinct, groupBy } from '../../src/base/lists.ts'

test('text is ordered by code units on every machine', () => {
  expect(['ä', 'b', 'B', 'a', 'a'].sort(compareText)).toEqual(['B', 'a', 'a', 'b', 'ä'])
})

test('distinct values and groups keep the order of first appearance', () => {
  expect(distinct([3, 1, 3, 2, 1])).toEqual([3, 1, 2])
  const groups = groupBy(['pear', 'apple', 'plum', 'avocado'], fruit => fruit.slice(0, 1))
  expect([...groups]).toEqual([
    ['p', ['pear', 'plum']],
    ['a', ['apple', 'avocado']],
  ])
})
