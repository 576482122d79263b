// Covers: statistics/hypotheses/equivalence.ts, statistics/estimates/paired-difference.ts

import { expect, test } from 'vitest'
import { pairedDifference } from '../../../src/statistics/estimates/paired-difference.ts'
import { marginTest } from '../../../src/statistics/hypotheses/equivalence.ts'
import { boundedVerdict, cheaperVerdict, verdictOf } from '../../../src/statistics/hypotheses/verdict.ts'
import { alone } from '../builders.ts'

/** Differences about `centre` that differ by `spread`. */
function verdict(centre: number, spread: number, margin?: number) {
  const difference = pairedDifference(alone([-1.5, -0.5, 0, 0.5, 1.5].map(each => centre + spread * each)))
  if (difference === undefined) throw new Error('the builder gave no spread')
  return verdictOf({
    difference,
    adjustedP: difference.p,
    better: 'higher',
    ...(margin !== undefined && { margins: marginTest(difference, { margin, better: 'higher' }) }),
  })
}

test.each([
  ['better', 0.5, 0.1, undefined],
  ['worse', -0.5, 0.1, undefined],
  ['worse', -0.5, 0.1, 0.9],
  ['inconclusive', 0.05, 0.3, undefined],
  ['inconclusive', 0, 0.3, 0.05],
  ['equivalent', 0, 0.02, 0.05],
  ['not worse', 0.15, 0.15, 0.05],
] as const)('%s: differences about %f ± %f with margin %s', (word, centre, spread, margin) => {
  expect(verdict(centre, spread, margin).word).toBe(word)
})

test('less is better for a cost', () => {
  const difference = pairedDifference(alone([-1, -1.1, -0.9, -1.05]))
  expect(verdictOf({ difference, adjustedP: 0.01, better: 'lower' }).word).toBe('better')
})

test('the adjusted p decides, not the interval that is shown', () => {
  const difference = pairedDifference(alone([0.5, 0.4, 0.6, 0.5, 0.3]))
  expect(verdictOf({ difference, adjustedP: 0.06, better: 'higher' }).word).toBe('inconclusive')
})

test('without a difference: no data', () => {
  expect(verdictOf({ difference: undefined, adjustedP: undefined, better: 'higher' })).toEqual({ word: 'no data' })
})

test('cheaper is better only where solved is not worse', () => {
  const sure = { margin: 0.05, notWorseP: 0.01, equivalentP: 0.2, isNotWorse: true, isEquivalent: false }
  const unsure = { ...sure, isNotWorse: false }
  expect(cheaperVerdict({ word: 'better' }, sure).word).toBe('better')
  expect(cheaperVerdict({ word: 'better' }, unsure).word).toBe('inconclusive')
  expect(cheaperVerdict({ word: 'better' }, undefined).word).toBe('inconclusive')
  expect(cheaperVerdict({ word: 'worse' }, undefined).word).toBe('worse')
})

test('a word that another reading of lost trials changes is inconclusive', () => {
  expect(boundedVerdict([{ word: 'better' }, { word: 'better' }])).toEqual({ word: 'better', isBounded: false })
  expect(boundedVerdict([{ word: 'better' }, { word: 'inconclusive' }])).toEqual({
    word: 'inconclusive',
    isBounded: true,
  })
  expect(boundedVerdict([])).toEqual({ word: 'no data', isBounded: false })
})
