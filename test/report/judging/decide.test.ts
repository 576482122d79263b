// Covers: report/judging/against-baseline.ts, report/judging/compare-metrics.ts, report/judging/level-words.ts

import { describe, expect, test } from 'vitest'
import type { ContrastResult } from '../../../src/report/comparison/comparison.ts'
import { againstBaseline } from '../../../src/report/judging/against-baseline.ts'
import { decide } from '../../../src/report/judging/decide.ts'
import { breakEvenText } from '../../../src/report/judging/figure-text.ts'
import { verdictText } from '../../../src/report/judging/verdicts.ts'
import type { VerdictWord } from '../../../src/statistics/hypotheses/verdict.ts'
import { comparedScope, comparisonWith, contrastOf, verdictOf } from '../comparison-parts.ts'

function decisionOf(solved: VerdictWord, cost?: VerdictWord, fields: Partial<ContrastResult> = {}) {
  const contrasts = [
    contrastOf({ verdict: verdictOf(solved), ...fields }),
    ...(cost === undefined ? [] : [contrastOf({ metric: 'costUsd', verdict: verdictOf(cost) })]),
  ]
  return decide(comparedScope({ contrasts }), comparisonWith([]))
}

describe('what to use', () => {
  test.each<[solved: VerdictWord, cost: VerdictWord | undefined, headline: string]>([
    ['better', undefined, 'Use scripts'],
    ['better', 'worse', 'Use scripts'],
    ['worse', 'better', 'Use parallel tool calls'],
    ['equivalent', 'better', 'Use scripts'],
    ['not worse', 'better', 'Use scripts'],
    ['equivalent', 'worse', 'Use parallel tool calls'],
    ['not worse', 'worse', 'Unknown'],
    ['equivalent', 'inconclusive', 'Either'],
    ['equivalent', undefined, 'Either'],
    ['not worse', 'inconclusive', 'Unknown'],
    ['inconclusive', 'better', 'Unknown'],
    ['inconclusive', 'worse', 'Unknown'],
    ['no data', undefined, 'Unknown'],
  ])('solved %s and cost %s: %s', (solved, cost, headline) => {
    expect(decisionOf(solved, cost).headline).toBe(headline)
  })

  test.each<[other: string, cost: string, reason: string]>([
    ['script-tool', 'turns', 'Both solve tasks equally well within the margin, and scripts use fewer turns.'],
    ['script-tool', 'costUsd', 'Both solve tasks equally well within the margin, and scripts cost less.'],
    ['tail', 'turns', 'Both solve tasks equally well within the margin, and “tail” uses fewer turns.'],
    ['tail', 'workingMs', 'Both solve tasks equally well within the margin, and “tail” takes less time.'],
  ])('%s with less %s says so in a sentence', (other, metric, reason) => {
    const contrasts = [
      contrastOf({ other, verdict: verdictOf('equivalent') }),
      contrastOf({ other, metric, verdict: verdictOf('better') }),
    ]
    expect(decide(comparedScope({ contrasts }), comparisonWith([])).reason).toBe(reason)
  })

  test('is unknown while no verdict is allowed', () => {
    const decision = decisionOf('better', 'better', { verdict: { kind: 'none', why: 'interim', sentence: '' } })
    expect(decision).toMatchObject({ choice: 'unknown', reason: expect.stringContaining('interim') })
  })

  test('rests on the declared metric where that is not solved', () => {
    const contrasts = [
      contrastOf({ role: 'confirmatory', verdict: verdictOf('not worse') }),
      contrastOf({ metric: 'turns', role: 'primary', verdict: verdictOf('better') }),
    ]
    const decision = decide(comparedScope({ contrasts }), comparisonWith([]))
    expect(decision).toMatchObject({ choice: 'other', primary: { metric: 'turns' }, solved: { metric: 'solved' } })
  })

  test('is nothing where the player is not a model, whatever was recovered', () => {
    const verdict = { kind: 'planted', isRecovered: true, sentence: '' } as const
    const scope = comparedScope({ isEvidence: false, kinds: ['simulated'], contrasts: [contrastOf({ verdict })] })
    expect(decide(scope, comparisonWith([]))).toMatchObject({ choice: 'none', headline: 'No recommendation' })
  })

  test('names levels of any factor', () => {
    const fields = { contrast: 'turn-top − off', other: 'turn-top', baseline: 'off' }
    expect(decisionOf('better', undefined, fields).headline).toBe('Use “turn-top”')
  })

  test('is unknown without the primary contrast', () => {
    expect(decide(comparedScope({ contrasts: [] }), comparisonWith([])).choice).toBe('unknown')
  })
})

describe('against a baseline', () => {
  const run = (metric: string, word: VerdictWord, role: ContrastResult['role'] = 'confirmatory') =>
    contrastOf({ kind: 'runs', contrast: 'now − before', metric, role, verdict: verdictOf(word) })

  test('what got worse is apart from what got better, and exploratory figures stay out of the rest', () => {
    const contrasts = [
      run('solved', 'better'),
      run('turns', 'worse'),
      run('costUsd', 'inconclusive'),
      run('toolCalls', 'inconclusive', 'exploratory'),
    ]
    const [changes] = againstBaseline(comparisonWith([comparedScope({ contrasts })]))
    const metrics = (list: ContrastResult[] | undefined) => list?.map(({ metric }) => metric)
    expect([changes?.worse, changes?.open, changes?.better].map(metrics)).toEqual([['turns'], ['costUsd'], ['solved']])
  })

  test('players that are not models are left out', () => {
    const scope = comparedScope({ isEvidence: false, contrasts: [run('turns', 'inconclusive')] })
    expect(againstBaseline(comparisonWith([scope]))).toEqual([])
  })
})

test.each([
  [{ breakEven: 3.2, breakEvenInterval: { lower: 2, upper: 120 } }, '3.2 [2.0, 120] calls per look'],
  [{ breakEven: 0.2, breakEvenInterval: { lower: 0, upper: 1.1 } }, 'below 1 call per look'],
  [{}, '–'],
])('break-even %j: %s', (found, text) => {
  const slope = { contrast: 'composition', metric: 'turns', tasks: 9, points: [], sentence: '', ...found }
  expect(breakEvenText(slope)).toBe(text)
})

test('a verdict that is not allowed says why', () => {
  const verdict = { kind: 'none', why: 'small-stratum', sentence: '' } as const
  expect(verdictText({ verdict })).toBe('none (fewer than 20 tasks)')
})
