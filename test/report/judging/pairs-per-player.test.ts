import { expect, test } from 'vitest'
import { pairsPerPlayer } from '../../../src/report/judging/pairs-per-player.ts'
import type { Contrast } from '../../../src/statistics/estimates/contrasts.ts'

const contrast = (weights: Record<string, number>): Contrast => ({
  name: 'c',
  weights: new Map(Object.entries(weights)),
})

test.each([
  ['one arm against another', { a: 1, b: -1 }, 1],
  ['two arms against two', { a: 0.5, b: 0.5, c: -0.5, d: -0.5 }, 2],
  ['one arm against two; an arm that does not count', { a: 1, b: -0.5, c: -0.5, d: 0 }, 1],
])('%s', (_what, weights, pairs) => {
  expect(pairsPerPlayer(contrast(weights))).toBe(pairs)
})
