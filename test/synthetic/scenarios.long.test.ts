import { describe, expect, test } from 'vitest'
import type { SyntheticRun } from '../../bench/synthetic/synthetic-run.ts'
import { compareRuns } from '../../src/report/comparison/compare-runs.ts'
import type { Comparison, ContrastResult, ContrastVerdict } from '../../src/report/comparison/comparison.ts'
import { INTERACTION_POINTS, interactionRun, SCENARIOS, SLOPE, slopeRun } from './scenarios.ts'
import { comparableSyntheticRun } from './synthetic-comparable.ts'

const SEEDS = ['1', '2']
const METRICS = ['solved', 'turns', 'inputTokens', 'costUsd']

function compared(...runs: SyntheticRun[]): Comparison {
  const comparison = compareRuns(runs.map(comparableSyntheticRun), { metrics: METRICS })
  if (!comparison.ok) throw new Error(JSON.stringify(comparison.error))
  return comparison.value
}

function contrastsOf({ scopes }: Comparison, kind: ContrastResult['kind']): ContrastResult[] {
  return scopes[0]?.contrasts.filter(contrast => contrast.kind === kind) ?? []
}

function wordOf(verdict: ContrastVerdict): string {
  if (verdict.kind === 'verdict') return verdict.word
  if (verdict.kind === 'none') return verdict.why
  return `planted effect ${verdict.isRecovered ? '' : 'not '}recovered`
}

function wordsOf(contrasts: readonly ContrastResult[]): Record<string, string> {
  return Object.fromEntries(contrasts.map(({ metric, verdict }) => [metric, wordOf(verdict)]))
}

describe('the right word for what was planted', () => {
  const cases = Object.entries(SCENARIOS).flatMap(([name, scenario]) => SEEDS.map(seed => ({ name, seed, scenario })))
  test.each(cases)('$name, seed $seed', ({ seed, scenario: { run, words } }) => {
    expect(wordsOf(contrastsOf(compared(run(seed)), 'composition'))).toEqual(words)
  })
})

test('lost trials are named as what changes the word', () => {
  const contrasts = contrastsOf(compared(SCENARIOS.infrastructureHoles.run('1')), 'composition')
  expect(contrasts.map(({ bounds }) => bounds?.changesVerdict)).toEqual([true, true, true, true])
})

test('the slope over calls per look and its break-even point are found', () => {
  const [scope] = compared(slopeRun('1')).scopes
  const slopes = scope?.slopes.filter(({ metric }) => metric === 'turns' || metric === 'inputTokens') ?? []
  expect(slopes.length).toBe(2)
  for (const { slope, interval, breakEven } of slopes) {
    expect(Math.exp(slope as number)).toBeCloseTo(SLOPE.ratioPerDoubling, 1)
    expect(Math.exp(interval?.upper as number)).toBeLessThan(0.9)
    expect(breakEven).toBeGreaterThan(SLOPE.breakEven / 2)
    expect(breakEven).toBeLessThan(SLOPE.breakEven * 2)
  }
})

test('an interaction of mode and reinjection is found, and shown without a word', () => {
  const [found] = contrastsOf(compared(interactionRun('1')), 'interaction').filter(({ metric }) => metric === 'solved')
  expect(found?.interval?.lower).toBeGreaterThan(0)
  expect(found?.interval?.upper).toBeGreaterThan(INTERACTION_POINTS / 100)
  expect(found && wordOf(found.verdict)).toBe('exploratory')
})

test('a worse version of the same suite is found run against run', () => {
  const base = SCENARIOS.equal.run('1')
  const later = { ...base, name: 'later', seed: 'later', effects: [{ when: {}, solvedPoints: -20 }] }
  const [solved] = contrastsOf(compared(base, later), 'runs').filter(({ metric }) => metric === 'solved')
  expect(solved && wordOf(solved.verdict)).toBe('worse')
  expect(solved?.tasks).toBe(base.tasks)
})
