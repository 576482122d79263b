// Covers: report/document/details/

import { describe, expect, test } from 'vitest'
import type { TrialEvent } from '../../../../src/contracts/events.ts'
import { measureTrial } from '../../../../src/metrics/measure-trial.ts'
import type { TrialMetrics } from '../../../../src/metrics/trial-metrics.ts'
import { factorsOfRun } from '../../../../src/report/document/arms.ts'
import { detailsCollector } from '../../../../src/report/document/details/details-collector.ts'
import { quantilesOf } from '../../../../src/report/document/details/quantiles.ts'
import { type TrialPlan, trialEvents } from '../../../helpers/trial-events.ts'

function detailsOf(plans: TrialPlan[]) {
  const collector = detailsCollector()
  const trials = plans.map((plan, index) => {
    const events: TrialEvent[] = trialEvents({ ...plan, trial: { id: `t${index}`, ...plan.trial } })
    const metrics = measureTrial(events) as TrialMetrics
    collector.add(metrics, events)
    return metrics
  })
  return collector.detailsOf(trials, factorsOfRun(trials, {}).varying)
}

const thrown = (line: number) => ({ class: 'thrown', message: 'x is not a function', line, column: 1 }) as const

describe('failures', () => {
  test('show the line of the script, also where the log has no frame', () => {
    const { examples } = detailsOf([
      { turns: [{ script: { source: 'const a = 1\nx()\nreturn a', failure: thrown(2) } }] },
    ])
    expect(examples).toMatchObject([
      { kind: 'script', class: 'thrown', turn: 1, frame: expect.stringContaining('> 2 | x()') },
    ])
  })

  test('are few of each class, of different tasks, the same in whatever order they are read', () => {
    const plans = ['d', 'b', 'b', 'c', 'a'].map(task => ({
      trial: { task },
      turns: [{ script: { failure: thrown(1) } }],
    }))
    const named = plans.map((plan, index) => ({ ...plan, trial: { ...plan.trial, id: `n${index}` } }))
    const first = detailsOf(named)
    expect(first.examples.map(({ task }) => task)).toEqual(['a', 'b'])
    expect(first.examplesLeftOut).toBe(3)
    expect(detailsOf([...named].reverse()).examples).toEqual(first.examples)
  })

  test('are cut to a size', () => {
    const failure = { class: 'thrown', message: 'm'.repeat(5000), frame: 'f'.repeat(5000) } as const
    const { examples } = detailsOf([{ turns: [{ script: { failure } }] }])
    expect(JSON.stringify(examples).length).toBeLessThan(1500)
  })

  test('a script that the harness cancelled is none', () => {
    const failure = { class: 'cancelled', message: '' } as const
    expect(detailsOf([{ turns: [{ script: { failure } }] }]).examples).toEqual([])
  })
})

describe('an arm', () => {
  test('has its classes of errors, limits and approvals, most frequent first', () => {
    const calls = [
      { error: { code: 'not-found', message: '' } as const },
      { error: { code: 'not-found', message: '' } as const },
      { error: { code: 'denied', message: '' } as const, approval: 'denied' as const, tool: 'exec' },
      { error: { code: 'cancelled', message: '' } as const },
    ]
    const [arm] = detailsOf([
      { turns: [{ calls, protocolErrors: ['empty-reply'] }], outcome: { kind: 'limited', limit: 'turns' } },
      { turns: [{ script: { failure: thrown(1) } }] },
    ]).arms
    expect(arm).toMatchObject({
      scriptErrors: [{ name: 'thrown', count: 1 }],
      protocolErrors: [{ name: 'empty-reply', count: 1 }],
      toolErrors: [
        { name: 'not-found', count: 2 },
        { name: 'denied', count: 1 },
      ],
      approvals: [{ name: 'exec', count: 1 }],
      limits: [{ name: 'turns', count: 1 }],
    })
  })

  test('has token parts that add up to all input and output', () => {
    const usage = { inputFreshTokens: 1000, cacheReadTokens: 500, outputTokens: 100, reasoningTokens: 40 }
    const request = { reinjectedTokens: 60, reinjectedCopies: 1 }
    const [arm] = detailsOf([{ turns: [{ usage, request }, { usage }] }]).arms
    expect(arm?.tokens).toEqual({
      n: 1,
      toolDefinitions: 1800,
      reinjected: 60,
      otherInput: 1140,
      visibleOutput: 120,
      reasoning: 80,
    })
  })

  test('has no token parts where usage is unknown', () => {
    expect(detailsOf([{ turns: [{ usage: 'none' }] }]).arms[0]?.tokens).toBeUndefined()
  })

  test('has prompt distance by turn, and clauses where the step ended', () => {
    const turns = Array.from({ length: 6 }, () => ({}))
    const [arm] = detailsOf([{ turns, clauses: [{ a: 1, b: 0 }] }]).arms
    expect(arm?.turns.slice(0, 5)).toMatchObject([
      { requests: 1, promptDistanceTokens: 100, clausesTotal: 0 },
      { requests: 1, promptDistanceTokens: 200 },
      { requests: 2, promptDistanceTokens: 350 },
      { requests: 2, promptDistanceTokens: 550, clausesKept: 1, clausesTotal: 2 },
      { requests: 0 },
    ])
    expect(arm?.turns[4]).not.toHaveProperty('promptDistanceTokens')
  })

  test('counts scored trials alone', () => {
    const failed = { kind: 'failed', cause: { area: 'verifier', message: '' } } as const
    const [arm] = detailsOf([{ turns: [{}, {}, {}], outcome: failed }, { turns: [{}] }]).arms
    expect(arm?.spreads.turns).toMatchObject({ n: 1, p50: 1 })
  })
})

test('a model without prices is named', () => {
  expect(detailsOf([{}]).unpricedModels).toEqual(['openai/gpt-test'])
})

test('quantiles are those of R’s type 7', () => {
  expect(quantilesOf([4, 1, undefined, 3, 2])).toEqual({
    n: 4,
    p5: 1.15,
    p25: 1.75,
    p50: 2.5,
    p75: 3.25,
    p95: 3.8499999999999996,
  })
  expect(quantilesOf([undefined])).toBeUndefined()
})
