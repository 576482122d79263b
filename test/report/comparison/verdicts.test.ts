// Covers: report/comparison/contrast-result.ts, report/judging/contrast-verdict.ts, report/judging/judge.ts
// Covers: report/judging/measure.ts, report/judging/verdict-sentence.ts

import { describe, expect, test } from 'vitest'
import { compareRuns } from '../../../src/report/comparison/compare-runs.ts'
import type { Comparison, ContrastResult } from '../../../src/report/comparison/comparison.ts'
import { type Facts, pairedTrials, runOf, SCRIPT, trialOf } from '../../helpers/compared-run.ts'

function comparisonOf(...args: Parameters<typeof compareRuns>): Comparison {
  const compared = compareRuns(...args)
  if (!compared.ok) throw new Error(compared.error.message)
  return compared.value
}

function resultOf(comparison: Comparison, metric = 'solved', contrast = 'composition'): ContrastResult {
  const results = comparison.scopes[0]?.contrasts ?? []
  const found = results.find(result => result.metric === metric && result.contrast === contrast)
  if (found === undefined) throw new Error(`no ${contrast} on ${metric}`)
  return found
}

const outcome = (isSolved: boolean): Facts => ({ outcome: isSolved ? 'solved' : 'unsolved' })
/** Scripts solve what calls do not, but for a few tasks. */
const better = (index: number, mode: string) => outcome(mode === SCRIPT ? index % 10 !== 0 : index % 3 === 0)
const worse = (index: number, mode: string) => outcome(mode !== SCRIPT ? index % 10 !== 0 : index % 3 === 0)
/** Both solve the same tasks. */
const same = (index: number) => outcome(index % 2 === 0)
const fewerTurns = (index: number, mode: string): Facts => ({
  turns: mode === SCRIPT ? 4 + (index % 3) : 9 + (index % 4),
})

describe('words', () => {
  test('better and worse, by the adjusted p', () => {
    const up = resultOf(comparisonOf([runOf(pairedTrials(30, better))]))
    expect(up).toMatchObject({ role: 'primary', method: 'paired-t', verdict: { kind: 'verdict', word: 'better' } })
    expect(up.verdict.sentence).toMatch(
      /^script-tool solved \d+\.\d points more tasks than structured-parallel \[.*30 tasks: better \(adjusted p /,
    )
    const down = resultOf(comparisonOf([runOf(pairedTrials(30, worse))]))
    expect(down).toMatchObject({ verdict: { word: 'worse' } })
    expect(down.estimate).toBeCloseTo(-(up.estimate as number))
  })

  test('equivalent, where both arms solve the same tasks and the margin is wide enough', () => {
    const run = runOf(pairedTrials(80, same))
    const wide = resultOf(comparisonOf([run], { margin: 0.1 }))
    expect(wide).toMatchObject({ estimate: 0, method: 'mcnemar', verdict: { word: 'equivalent' } })
    expect(wide.verdict.sentence).toContain('equivalent within 10 points')
    expect(resultOf(comparisonOf([run], { margin: 0.01 })).verdict).toMatchObject({ word: 'inconclusive' })
  })

  test('not worse, where a loss is excluded but a gain is not', () => {
    const facts = (index: number, mode: string) =>
      outcome(index % 2 === 0 || (mode === SCRIPT && index === 1) || (mode === SCRIPT && index === 3))
    expect(resultOf(comparisonOf([runOf(pairedTrials(40, facts))])).verdict).toMatchObject({ word: 'not worse' })
  })

  test('inconclusive, with what could have been found, never "equal"', () => {
    const facts = (index: number, mode: string) => outcome((index + (mode === SCRIPT ? 1 : 0)) % 3 === 0)
    const { verdict, minimumDetectableEffect } = resultOf(comparisonOf([runOf(pairedTrials(12, facts))]))
    expect(verdict).toMatchObject({ word: 'inconclusive' })
    expect(verdict.sentence).toContain(
      `±${((minimumDetectableEffect as number) * 100).toFixed(1)} pp had an 80 % chance`,
    )
    expect(verdict.sentence).toContain('does not mean equal')
  })

  test('a p below 0.05 that does not survive the adjustment is inconclusive, and both are said', () => {
    const facts = (index: number, mode: string) => ({
      ...same(index),
      turns: mode === SCRIPT && index % 8 < 3 ? 9 : 10 + (mode === SCRIPT && index === 7 ? 1 : 0),
    })
    const { p, adjustedP, verdict } = resultOf(comparisonOf([runOf(pairedTrials(11, facts))]), 'turns')
    expect(p).toBeLessThan(0.05)
    expect(adjustedP).toBeCloseTo(2 * (p as number))
    expect(verdict).toMatchObject({ word: 'inconclusive' })
    expect(verdict.sentence).toMatch(/\(p 0\.0\d+, adjusted p 0\.\d+ over 2 tests\)/)
  })
})

describe('cheaper', () => {
  test('is better where solved is not worse', () => {
    const facts = (index: number, mode: string) => ({ ...same(index), ...fewerTurns(index, mode) })
    const { verdict, estimate } = resultOf(comparisonOf([runOf(pairedTrials(120, facts))]), 'turns')
    expect(verdict).toMatchObject({ word: 'better' })
    expect(estimate).toBeLessThan(0.6)
    expect(verdict.sentence).toMatch(
      /^script-tool used 0\.\d\d times the turns of structured-parallel .* and a loss of 5 points or more of solved tasks is excluded\.$/,
    )
  })

  test('is no verdict where solved may be worse: giving up is cheap', () => {
    const facts = (index: number, mode: string) => ({ ...worse(index, mode), ...fewerTurns(index, mode) })
    const { verdict } = resultOf(comparisonOf([runOf(pairedTrials(40, facts))]), 'turns')
    expect(verdict).toMatchObject({ word: 'inconclusive' })
    expect(verdict.sentence).toContain('giving up early is cheap')
  })

  test('dearer is worse without a second gate', () => {
    const facts = (index: number, mode: string) => ({
      ...worse(index, mode),
      turns: 20 - (fewerTurns(index, mode).turns ?? 0),
    })
    expect(resultOf(comparisonOf([runOf(pairedTrials(40, facts))]), 'turns').verdict).toMatchObject({ word: 'worse' })
  })
})

describe('no verdict', () => {
  const why = (run: ReturnType<typeof runOf>) => resultOf(comparisonOf([run])).verdict

  test('of one task, with the reason, and no interval', () => {
    const result = resultOf(comparisonOf([runOf(pairedTrials(1, better))]))
    expect(result).toMatchObject({ tasks: 1, verdict: { kind: 'none', why: 'too-little-data' } })
    expect(result).not.toHaveProperty('interval')
    expect(result.verdict.sentence).toContain('unknown with a single task')
  })

  test('where a figure is not known, which is not 0', () => {
    const result = resultOf(comparisonOf([runOf(pairedTrials(10, better))]), 'costUsd')
    expect(result).toMatchObject({ tasks: 0, leftOut: { unknown: 10 }, verdict: { why: 'too-little-data' } })
    expect(result).not.toHaveProperty('estimate')
    expect(result.verdict.sentence).toContain('10 with an unknown value')
  })

  test('of tasks in one cluster', () => {
    const run = runOf(pairedTrials(10, (index, mode) => ({ ...better(index, mode), cluster: 'x' })))
    expect(why(run).sentence).toContain('of one cluster')
  })

  test('before the declared trials are all there', () => {
    const trials = pairedTrials(30, better)
    const comparison = comparisonOf([runOf(trials, { trialsPlanned: trials.length + 4 })])
    expect(comparison.status).toEqual({ kind: 'interim', missing: 4, planned: 64 })
    expect(resultOf(comparison).verdict).toMatchObject({ kind: 'none', why: 'interim' })
    expect(resultOf(comparison).verdict.sentence).toContain('4 of 64 declared trials are missing')
  })

  test('outside the declared family', () => {
    const facts = (index: number, mode: string) => ({
      ...better(index, mode),
      toolCalls: 3 + (index % 4) + (mode === SCRIPT ? 1 : 0),
    })
    const result = resultOf(comparisonOf([runOf(pairedTrials(30, facts))]), 'toolCalls')
    expect(result).toMatchObject({ role: 'exploratory', verdict: { kind: 'none', why: 'exploratory' } })
    expect(result).not.toHaveProperty('adjustedP')
  })

  test('on a stratum of fewer than 20 tasks; on a larger one there is', () => {
    const facts = (index: number, mode: string) => ({
      ...better(index, mode),
      stratum: index < 19 ? ('few' as const) : ('loop' as const),
    })
    const strata = comparisonOf([runOf(pairedTrials(60, facts))]).scopes[0]?.strata
    const word = (stratum: string) => strata?.find(each => each.stratum === stratum)?.contrasts[0]?.verdict
    expect(word('few')).toMatchObject({ kind: 'none', why: 'small-stratum' })
    expect(word('loop')).toMatchObject({ kind: 'verdict', word: 'better' })
  })
})

describe('players that are no models', () => {
  test.each(['simulated', 'oracle', 'scripted', 'assisted'] as const)('%s is never better or worse', playerKind => {
    const run = runOf(pairedTrials(30, (index, mode) => ({ ...better(index, mode), playerKind })))
    const { verdict } = resultOf(comparisonOf([run]))
    expect(verdict).toMatchObject({ kind: 'planted', isRecovered: true })
    expect(verdict.sentence).toContain('No evidence about models')
  })

  test('an effect that is not there is not recovered', () => {
    const run = runOf(pairedTrials(30, index => ({ ...same(index), playerKind: 'simulated' })))
    expect(resultOf(comparisonOf([run])).verdict).toMatchObject({ kind: 'planted', isRecovered: false })
  })
})

describe('lost trials', () => {
  const lost: Facts = { outcome: 'failed' }

  test('are left out, and bound the difference both ways', () => {
    const trials = [...pairedTrials(30, better), trialOf({ task: 't00', mode: SCRIPT, repeat: 1, ...lost })]
    const result = resultOf(comparisonOf([runOf(trials)]))
    expect(result.bounds).toMatchObject({ changesVerdict: false })
    expect(result.bounds?.lower).toBeLessThanOrEqual(result.estimate as number)
    expect(result.bounds?.upper).toBeGreaterThan(result.estimate as number)
    expect(result.verdict).toMatchObject({ word: 'better' })
  })

  test('make it inconclusive where they could change the word', () => {
    const facts = (index: number, mode: string) =>
      index < 10 ? outcome(mode === SCRIPT) : mode === SCRIPT ? lost : outcome(true)
    const result = resultOf(comparisonOf([runOf(pairedTrials(30, facts))]))
    expect(result).toMatchObject({
      tasks: 10,
      estimate: 1,
      bounds: { changesVerdict: true },
      verdict: { word: 'inconclusive' },
    })
    expect(result.verdict.sentence).toContain('20 failed trials')
  })
})

test('trials ended by a limit are counted at it, told, and restricted at the smallest of them', () => {
  const facts = (index: number, mode: string): Facts =>
    mode !== SCRIPT && index < 5
      ? { turns: 40, outcome: 'limited', limitHit: 'turns' }
      : { ...same(index), ...fewerTurns(index, mode) }
  const result = resultOf(comparisonOf([runOf(pairedTrials(20, facts))]), 'turns')
  expect(result).toMatchObject({ tasks: 20, censored: { baseline: 5, other: 0 }, restrictedMeans: { cap: 40 } })
})

test('companions stand beside the p that decides', () => {
  const { companion } = resultOf(comparisonOf([runOf(pairedTrials(8, better))]))
  expect(companion?.map(({ method }) => method)).toEqual(['sign-flip', 'wild-bootstrap', 'mcnemar'])
})
