import { expect, test } from 'vitest'
import { measureTrial } from '../../../src/metrics/measure-trial.ts'
import type { TrialMetrics } from '../../../src/metrics/trial-metrics.ts'
import { compareLevels } from '../../../src/report/compare-levels.ts'
import { factorsOfRun } from '../../../src/report/document/arms.ts'
import type { Difference } from '../../../src/report/document/report.ts'
import { type TrialPlan, trialEvents } from '../../helpers/trial-events.ts'

interface TrialFacts {
  task: string
  mode?: 'structured-parallel' | 'script-tool'
  turns?: number
  isSolved?: boolean
  isFailed?: boolean
  model?: string
  reinjection?: 'off' | 'tail'
  plan?: TrialPlan
}

function trialOf({
  task,
  mode = 'structured-parallel',
  turns = 1,
  isSolved = true,
  isFailed = false,
  ...rest
}: TrialFacts) {
  const failed = { kind: 'failed', cause: { area: 'verifier', message: '' } } as const
  const metrics = measureTrial(
    trialEvents({
      trial: { task, model: rest.model ?? 'openai/a' },
      arm: { mode, reinjection: rest.reinjection ?? 'off' },
      turns: Array.from({ length: turns }, () => ({})),
      outcome: isFailed ? failed : { kind: isSolved ? 'solved' : 'unsolved' },
      ...rest.plan,
    }),
  )
  return metrics as TrialMetrics
}

function compare(facts: TrialFacts[], suite = {}): Difference[] {
  const trials = facts.map(trialOf)
  return compareLevels(trials, factorsOfRun(trials, suite).varying)
}

function find(differences: Difference[], metric: Difference['metric'], factor = 'mode') {
  return differences.find(difference => difference.metric === metric && difference.factor === factor)
}

test('shares give a mean difference over tasks, amounts a geometric mean of ratios', () => {
  const differences = compare([
    { task: 'x', turns: 8 },
    { task: 'x', mode: 'script-tool', turns: 2, isSolved: false },
    { task: 'y', turns: 2 },
    { task: 'y', mode: 'script-tool', turns: 2 },
  ])
  expect(find(differences, 'solved')).toMatchObject({ scale: 'difference', value: -0.5, tasks: 2, pairs: 2 })
  expect(find(differences, 'turns')?.value).toBeCloseTo(0.5)
})

test('a task counts once, however many repeats and models it has', () => {
  const differences = compare([
    ...['openai/a', 'openai/b'].flatMap(model => [
      { task: 'x', model, isSolved: false },
      { task: 'x', model, mode: 'script-tool' as const },
      { task: 'x', model, mode: 'script-tool' as const },
    ]),
    { task: 'y' },
    { task: 'y', mode: 'script-tool' },
  ])
  expect(find(differences, 'solved')).toMatchObject({ value: 0.5, tasks: 2, pairs: 3 })
})

test('a task without a scored trial on one side has no part', () => {
  const differences = compare([
    { task: 'x', isFailed: true },
    { task: 'x', mode: 'script-tool' },
    { task: 'y' },
    { task: 'y', mode: 'script-tool' },
  ])
  expect(find(differences, 'solved')).toMatchObject({ tasks: 1, value: 0 })
})

test('what is unknown on every pair gives no difference', () => {
  const differences = compare([{ task: 'x' }, { task: 'x', mode: 'script-tool' }])
  expect(find(differences, 'costUsd')).toBeUndefined()
  expect(find(differences, 'clauses')).toBeUndefined()
})

test('other factors are equal within a pair', () => {
  const differences = compare([
    { task: 'x', turns: 4 },
    { task: 'x', turns: 8, reinjection: 'tail' },
    { task: 'x', mode: 'script-tool', turns: 2 },
    { task: 'x', mode: 'script-tool', turns: 4, reinjection: 'tail' },
  ])
  expect(find(differences, 'turns', 'mode')?.value).toBeCloseTo(0.5)
  expect(find(differences, 'turns', 'reinjection')?.value).toBeCloseTo(2)
})

test('the suite names the baseline', () => {
  const facts: TrialFacts[] = [{ task: 'x' }, { task: 'x', mode: 'script-tool' }]
  const suite = { analysis: { factor: 'mode', baseline: 'script-tool' } }
  expect(compare(facts, suite)[0]).toMatchObject({ level: 'structured-parallel', baseline: 'script-tool' })
  expect(compare(facts)[0]).toMatchObject({ level: 'script-tool', baseline: 'structured-parallel' })
})

test('without a declared baseline it is the first level that the suite names', () => {
  const facts: TrialFacts[] = [{ task: 'x' }, { task: 'x', mode: 'script-tool' }]
  const suite = { factors: [{ name: 'mode', levels: ['script-tool', 'structured-parallel'] }] }
  expect(compare(facts, suite)[0]?.baseline).toBe('script-tool')
})
