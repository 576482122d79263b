import { expect, test } from 'vitest'
import { addRanges, cappedRange, ZERO } from '../../src/matrix/range.ts'

test('ranges add end by end, and zero changes nothing', () => {
  expect(addRanges({ low: 1, high: 2 }, { low: 10, high: 20 })).toEqual({ low: 11, high: 22 })
  expect(addRanges(ZERO, { low: 1, high: 2 })).toEqual({ low: 1, high: 2 })
})

test('a cap limits both ends; without a cap the range stays', () => {
  expect(cappedRange({ low: 3, high: 9 }, 5)).toEqual({ low: 3, high: 5 })
  expect(cappedRange({ low: 6, high: 9 }, 5)).toEqual({ low: 5, high: 5 })
  expect(cappedRange({ low: 6, high: 9 })).toEqual({ low: 6, high: 9 })
})
