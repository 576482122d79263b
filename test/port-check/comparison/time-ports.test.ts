import { expect, test } from 'vitest'
import { speedOf } from '../../../src/port-check/comparison/time-ports.ts'

test('the time of a port is the median of the medians of its cases', () => {
  expect(
    speedOf({
      a: [
        [1, 9, 2],
        [4, 4, 4],
      ],
      b: [
        [1, 1, 1],
        [1, 1, 1],
      ],
    }),
  ).toMatchObject({
    cases: 2,
    rounds: 3,
    aMs: 3,
    bMs: 1,
    faster: 'b',
  })
})

test('a faster one is told only where it is faster by a fifth', () => {
  expect(speedOf({ a: [[9, 9]], b: [[10, 10]] }).faster).toBeUndefined()
  expect(speedOf({ a: [[8, 8]], b: [[10, 10]] }).faster).toBe('a')
})

test('a faster one is told only where it mostly is', () => {
  const mixed = { a: [[1, 1, 1, 20, 20]], b: [[10, 10, 10, 10, 10]] }
  expect(speedOf(mixed)).toMatchObject({ aMs: 1, bMs: 10, aFasterShare: 0.6 })
  expect(speedOf(mixed).faster).toBeUndefined()
})

test('equal ports are not told apart', () => {
  expect(speedOf({ a: [[2, 2]], b: [[2, 2]] }).faster).toBeUndefined()
})
