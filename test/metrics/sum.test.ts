import { expect, test } from 'vitest'
import { largest, sum, sumKnown } from '../../src/metrics/sum.ts'

test('one unknown part makes the whole unknown; nothing to add is unknown too', () => {
  expect(sumKnown([1, 2, 3])).toBe(6)
  expect(sumKnown([1, undefined])).toBeUndefined()
  expect(sumKnown([])).toBeUndefined()
  expect(sum([])).toBe(0)
})

test('the largest of many values, and nothing of none', () => {
  expect(largest([-3, -1, -2])).toBe(-1)
  expect(largest(Array.from({ length: 300_000 }, (_, index) => index))).toBe(299_999)
  expect(largest([])).toBeUndefined()
})
