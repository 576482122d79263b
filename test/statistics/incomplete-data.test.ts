// Covers: statistics/estimates/missing-bounds.ts, statistics/estimates/restricted-mean.ts

import { describe, expect, test } from 'vitest'
import { fillHoles, HOLE_READINGS } from '../../src/statistics/estimates/missing-bounds.ts'
import { restrictedMean } from '../../src/statistics/estimates/restricted-mean.ts'
import { mean } from '../../src/statistics/numbers/moments.ts'

describe('trials that infrastructure lost', () => {
  test('are left out, or counted as the lowest or the highest score', () => {
    const trials = { scores: [1, 0], lost: 2 }
    expect(fillHoles(trials, 'drop')).toEqual([1, 0])
    expect(fillHoles(trials, 'as-lowest')).toEqual([1, 0, 0, 0])
    expect(fillHoles(trials, 'as-highest', { highest: 3 })).toEqual([1, 0, 3, 3])
  })

  test('the readings bound what the whole data would have said', () => {
    const baseline = { scores: [1, 1, 0], lost: 1 }
    const other = { scores: [1, 0], lost: 2 }
    const [, worst, best] = HOLE_READINGS.map(reading => {
      return (mean(fillHoles(other, reading.other)) ?? 0) - (mean(fillHoles(baseline, reading.baseline)) ?? 0)
    })
    expect(worst).toBe(0.25 - 0.75)
    expect(best).toBe(0.75 - 0.5)
  })
})

describe('trials that a limit ended', () => {
  const trials = [
    { value: 3, isCensored: false },
    { value: 10, isCensored: true },
    { value: 14, isCensored: false },
  ]

  test('count up to the smallest censored value', () => {
    expect(restrictedMean(trials)).toEqual({ mean: (3 + 10 + 10) / 3, cap: 10, censoredShare: 1 / 3 })
  })

  test('count up to a common cap, which must not exceed what is known', () => {
    expect(restrictedMean(trials, 5)?.mean).toBeCloseTo(13 / 3, 12)
    expect(restrictedMean(trials, 12)).toBeUndefined()
  })

  test('none: the mean is unknown', () => {
    expect(restrictedMean([])).toBeUndefined()
    expect(restrictedMean([{ value: 4, isCensored: false }])).toMatchObject({ mean: 4, censoredShare: 0 })
  })
})
