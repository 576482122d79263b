import { expect, test } from 'vitest'
import { createBudget } from '../../src/agent/budget.ts'
import { TRIAL_LIMITS_DEFAULT, type TrialLimits } from '../../src/contracts/suite.ts'

function budgetOf(limits: Partial<TrialLimits>) {
  let nowMs = 0
  const clock = { nowMs: () => nowMs, date: () => new Date(0), sleep: async () => undefined }
  const pass = (durationMs: number) => {
    nowMs += durationMs
  }
  return { budget: createBudget({ ...TRIAL_LIMITS_DEFAULT, ...limits }, clock), pass }
}

const usage = { estimated: false, raw: null }

test('nothing is reached at the start', () => {
  expect(budgetOf({}).budget.reached()).toBeUndefined()
})

test('each limit is reached at its number, not before', () => {
  const { budget, pass } = budgetOf({ turnsMax: 2, toolCallsMax: 3, wallTimeMs: 100 })
  budget.turnStarted()
  budget.toolCallsRan(2)
  pass(99)
  expect(budget.reached()).toBeUndefined()
  pass(1)
  expect(budget.reached()).toBe('wallTime')
  budget.toolCallsRan(1)
  expect(budget.reached()).toBe('toolCalls')
  budget.turnStarted()
  expect(budget.reached()).toBe('turns')
})

test('waits are not working time', () => {
  const { budget, pass } = budgetOf({ workingTimeMs: 50 })
  pass(200)
  budget.waited(160)
  expect(budget.reached()).toBeUndefined()
  pass(10)
  expect(budget.reached()).toBe('workingTime')
})

test('tokens of all buckets and known costs count; what is unknown stops nothing', () => {
  const { budget } = budgetOf({ tokensMax: 10, costUsdMax: 1 })
  budget.used(undefined, undefined)
  budget.used({ ...usage, outputTokens: 3 }, undefined)
  budget.used({ ...usage, inputFreshTokens: 2, cacheReadTokens: 2, cacheWriteTokens: 2, reasoningTokens: 99 }, 0.5)
  expect(budget.reached()).toBeUndefined()
  budget.used({ ...usage, outputTokens: 1 }, 0.5)
  expect(budget.reached()).toBe('tokens')
  const { budget: dear } = budgetOf({ costUsdMax: 1 })
  dear.used(usage, 1)
  expect(dear.reached()).toBe('cost')
})
