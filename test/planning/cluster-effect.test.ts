import { expect, test } from 'vitest'
import { clusterSizes, designEffect, intraclassCorrelation } from '../../src/planning/cluster-effect.ts'

const clustered = (groups: number[][]) =>
  groups.flatMap((values, index) => values.map(value => ({ cluster: `c${index}`, value })))

test('the design effect of equal clusters is 1 + (m − 1)·ICC, and 1 without clusters', () => {
  expect(designEffect([4, 4, 4], 0.2)).toBeCloseTo(1.6, 12)
  expect(designEffect([1, 1, 1], 0.9)).toBe(1)
  expect(designEffect([], 0.9)).toBe(1)
  expect(clusterSizes(['a', 'b', 'a'])).toEqual([2, 1])
})

test('the correlation is that of an analysis of variance', () => {
  // MSB = 13.5, MSW = 0.5, m₀ = 2: (13.5 − 0.5)/(13.5 + 0.5).
  expect(
    intraclassCorrelation(
      clustered(
        [
          [0, 1],
          [3, 4],
        ].map(group => [...group]),
      ),
    ),
  ).toBeCloseTo((9 - 0.5) / (9 + 0.5), 12)
  expect(
    intraclassCorrelation(
      clustered([
        [0, 4],
        [1, 3],
      ]),
    ),
  ).toBe(0)
})

test('clusters of one task, or one cluster, say nothing', () => {
  expect(intraclassCorrelation(clustered([[1], [2], [3]]))).toBeUndefined()
  expect(intraclassCorrelation(clustered([[1, 2, 3]]))).toBeUndefined()
  expect(
    intraclassCorrelation(
      clustered([
        [1, 1],
        [1, 1],
      ]),
    ),
  ).toBeUndefined()
})
