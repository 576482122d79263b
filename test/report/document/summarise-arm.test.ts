import { expect, test } from 'vitest'
import type { Outcome } from '../../../src/contracts/trial.ts'
import { measureTrial } from '../../../src/metrics/measure-trial.ts'
import type { TrialMetrics } from '../../../src/metrics/trial-metrics.ts'
import { summariseArm } from '../../../src/report/document/summarise-arm.ts'
import { type TrialPlan, trialEvents } from '../../helpers/trial-events.ts'

const failed: Outcome = { kind: 'failed', cause: { area: 'verifier', message: '' } }

function summary(plans: TrialPlan[]) {
  const trials = plans.map(plan => measureTrial(trialEvents(plan)) as TrialMetrics)
  return summariseArm({ label: 'a', levels: {}, trials })
}

test('failed and cancelled trials are not scored, limited ones are', () => {
  const outcomes: Outcome[] = [
    { kind: 'solved' },
    { kind: 'unsolved' },
    { kind: 'limited', limit: 'turns' },
    failed,
    { kind: 'cancelled' },
  ]
  expect(summary(outcomes.map(outcome => ({ outcome })))).toMatchObject({
    trials: 5,
    scored: 3,
    solved: 1,
    limited: 1,
    failed: 1,
    cancelled: 1,
    solvedShare: 1 / 3,
    solvedBounds: { low: 1 / 4, high: 2 / 4 },
  })
})

test('without a failure there is nothing to bound', () => {
  expect(summary([{}])).not.toHaveProperty('solvedBounds')
})

test('without a scored trial there is no share and no mean', () => {
  const arm = summary([{ outcome: failed }])
  expect(arm).not.toHaveProperty('solvedShare')
  expect(arm.means).toEqual({})
})

test('a mean says for how many trials it is known', () => {
  const arm = summary([{ turns: [{ usage: 'none' }] }, { turns: [{}, {}] }])
  expect(arm.means.outputTokens).toEqual({ mean: 200, n: 1 })
  expect(arm.means.turns).toEqual({ mean: 1.5, n: 2 })
})
