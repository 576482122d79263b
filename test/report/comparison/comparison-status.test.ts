import { describe, expect, test } from 'vitest'
import { comparisonStatus } from '../../../src/report/comparison/comparison-status.ts'
import { runOf, SCRIPT, trialOf } from '../../helpers/compared-run.ts'

const EARLY = '2026-01-01T00:00:00.000Z'
const LATE = '2026-01-05T00:00:00.000Z'

describe('exploratory', () => {
  const plans = (trialsDone: number) => [
    { at: EARLY, trialsPlanned: 2, trialsDone: 0 },
    { at: LATE, trialsPlanned: 4, trialsDone },
  ]
  const first = () => [trialOf({ task: 'a', startedAt: EARLY }), trialOf({ task: 'b', startedAt: EARLY })]
  const repeats = () => [
    trialOf({ task: 'a', startedAt: LATE, repeat: 1 }),
    trialOf({ task: 'b', startedAt: LATE, repeat: 1 }),
  ]

  test('after a fulfilled plan, trials were added to arms that had some', () => {
    const status = comparisonStatus([runOf([...first(), ...repeats()], { plans: plans(2) })])
    expect(status).toEqual({
      kind: 'exploratory',
      reason: expect.stringContaining('2 trials were added on 2026-01-05, after all 2'),
    })
  })

  test('not when the first plan was still under way', () => {
    expect(comparisonStatus([runOf([...first(), ...repeats()], { plans: plans(1) })])).toEqual({ kind: 'final' })
  })

  test('not when what was added is a new arm or a new model', () => {
    const arm = repeats().map(trial => ({ ...trial, mode: SCRIPT as 'script-tool' }))
    const model = repeats().map(trial => ({ ...trial, model: 'another' }))
    for (const added of [arm, model]) {
      expect(comparisonStatus([runOf([...first(), ...added], { plans: plans(2) })])).toEqual({ kind: 'final' })
    }
  })
})

test('a failed trial has arrived; a cancelled or unreadable one is missing', () => {
  const trials = [trialOf(), trialOf({ outcome: 'failed' })]
  expect(comparisonStatus([runOf(trials)])).toEqual({ kind: 'final' })
  expect(comparisonStatus([runOf([...trials, trialOf({ outcome: 'cancelled' })])])).toEqual({
    kind: 'interim',
    missing: 1,
    planned: 3,
  })
})
