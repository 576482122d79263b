import { expect, test } from 'vitest'
import { percentile } from '../../../bench/measuring/percentile.ts'

test('the nearest rank, whatever the order', () => {
  const samples = [5, 1, 4, 2, 3]
  expect(percentile(samples, 0.5)).toBe(3)
  expect(percentile(samples, 0.99)).toBe(5)
  expect(percentile(samples, 0)).toBe(1)
})

test('nothing without samples', () => {
  expect(percentile([], 0.5)).toBeUndefined()
})
