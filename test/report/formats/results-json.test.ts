// Covers: report/comparison/arm-facts.ts, report/formats/results-schema.ts

import { expect, test } from 'vitest'
import { measureTrial } from '../../../src/metrics/measure-trial.ts'
import { compareRuns } from '../../../src/report/comparison/compare-runs.ts'
import { factorsOfRun } from '../../../src/report/document/arms.ts'
import type { Report, Scope } from '../../../src/report/document/report.ts'
import { resultsJson } from '../../../src/report/formats/results-json.ts'
import { type Facts, runOf, trialOf } from '../../helpers/compared-run.ts'
import { trialEvents } from '../../helpers/trial-events.ts'

const SCRIPT = { mode: 'script-tool' } as const

interface Row {
  factor: string
  level: string
  baseline: string
  metric: string
  scale: string
  value: number
  tasks: number
  pairs: number
}

/** The differences in the `results.json` of a run of one model. */
function differencesOf(facts: Facts[], analysis = {}): Row[] {
  const suite = { name: 'demo', digest: '', content: { analysis } }
  const run = runOf(
    facts.map(each => trialOf({ model: 'openai/a', playerKind: 'api', ...each })),
    { suite },
  )
  const compared = compareRuns([run])
  if (!compared.ok) throw new Error(compared.error.message)
  const scopes = compared.value.scopes.map(({ name }) => ({ name }) as Scope)
  const report = { trials: [], scopes } as unknown as Report
  const json = [...resultsJson({ report, comparison: compared.value })].join('')
  return JSON.parse(json).scopes[0].differences
}

function find(differences: Row[], metric: string, factor = 'mode'): Row | undefined {
  return differences.find(difference => difference.metric === metric && difference.factor === factor)
}

test('shares give a mean difference over tasks, amounts a geometric mean of ratios', () => {
  const differences = differencesOf([
    { task: 'x', turns: 8 },
    { task: 'x', ...SCRIPT, turns: 2, outcome: 'unsolved' },
    { task: 'y', turns: 2 },
    { task: 'y', ...SCRIPT, turns: 2 },
  ])
  expect(find(differences, 'solved')).toMatchObject({ scale: 'difference', value: -0.5, tasks: 2, pairs: 2 })
  expect(find(differences, 'turns')?.value).toBeCloseTo(0.5)
})

test('an amount is the mean of the repeats’ logarithms, as in compare.json', () => {
  const differences = differencesOf([
    { task: 'x', turns: 1 },
    { task: 'x', turns: 9, repeat: 1 },
    { task: 'x', ...SCRIPT, turns: 3 },
    { task: 'x', ...SCRIPT, turns: 3, repeat: 1 },
  ])
  expect(find(differences, 'turns')?.value).toBeCloseTo(1)
})

test('a task counts once, however many repeats and models it has', () => {
  const differences = differencesOf([
    { task: 'x', outcome: 'unsolved' },
    { task: 'x', ...SCRIPT },
    { task: 'x', ...SCRIPT, repeat: 1 },
    { task: 'y' },
    { task: 'y', ...SCRIPT },
  ])
  expect(find(differences, 'solved')).toMatchObject({ value: 0.5, tasks: 2, pairs: 2 })
})

test('a task without a scored trial on one side has no part', () => {
  const differences = differencesOf([
    { task: 'x', outcome: 'failed' },
    { task: 'x', ...SCRIPT },
    { task: 'y' },
    { task: 'y', ...SCRIPT },
  ])
  expect(find(differences, 'solved')).toMatchObject({ tasks: 1, value: 0 })
})

test('what is unknown on every pair gives no difference', () => {
  const differences = differencesOf([{ task: 'x' }, { task: 'x', ...SCRIPT }])
  expect(find(differences, 'costUsd')).toBeUndefined()
  expect(find(differences, 'clauses')).toBeUndefined()
})

test('other factors are equal within a pair, and both of their levels count', () => {
  const differences = differencesOf([
    { task: 'x', turns: 4 },
    { task: 'x', turns: 8, reinjection: 'tail' },
    { task: 'x', ...SCRIPT, turns: 2 },
    { task: 'x', ...SCRIPT, turns: 4, reinjection: 'tail' },
  ])
  expect(find(differences, 'turns', 'mode')).toMatchObject({ tasks: 1, pairs: 2 })
  expect(find(differences, 'turns', 'mode')?.value).toBeCloseTo(0.5)
  expect(find(differences, 'turns', 'reinjection')?.value).toBeCloseTo(2)
})

function baselineOf(suite: object): string | undefined {
  const trials = (['structured-parallel', 'script-tool'] as const).map(mode =>
    measureTrial(trialEvents({ arm: { mode } })),
  )
  return factorsOfRun(
    trials.flatMap(trial => trial ?? []),
    suite as never,
  ).varying[0]?.baseline
}

test('the suite names the baseline; without one it is the first level that the suite names', () => {
  expect(baselineOf({ analysis: { factor: 'mode', baseline: 'script-tool' } })).toBe('script-tool')
  expect(baselineOf({})).toBe('structured-parallel')
  const factors = [{ name: 'mode', levels: ['script-tool', 'structured-parallel'] }]
  expect(baselineOf({ factors })).toBe('script-tool')
})
