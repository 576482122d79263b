// Covers: matrix/arms.ts, matrix/range.ts, matrix/trial-id.ts

import { describe, expect, test } from 'vitest'
import type { ModelPrices } from '../../src/contracts/model.ts'
import type { Suite } from '../../src/contracts/suite.ts'
import { expandMatrix } from '../../src/matrix/expand-matrix.ts'
import { forecast } from '../../src/matrix/forecast.ts'
import { makeSuite, makeTask } from './matrix-fixture.ts'

const PRICES: ModelPrices = {
  inputPerMillion: 3,
  cacheReadPerMillion: 0.3,
  outputPerMillion: 15,
  source: 's',
  date: 'd',
}
const tasks = [makeTask('a', { looksMin: 2, callsMin: 10 })]

function forecastOf(changes: Partial<Suite> = {}, prices: ModelPrices | undefined = PRICES) {
  const suite = makeSuite(changes)
  return forecast(expandMatrix({ suite, tasks }), { suite, tasks, pricesOf: () => prices })
}

function single(mode: string, changes: Partial<Suite> = {}) {
  return forecastOf({ factors: [{ name: 'mode', levels: [mode] }], ...changes }).models[0]
}

describe('a forecast', () => {
  test('counts a request a look and the answer, four times as many at worst', () => {
    expect(single('script-tool')?.requests).toEqual({ low: 3, high: 12 })
    expect(single('structured-serial')?.requests).toEqual({ low: 11, high: 40 })
  })

  test('stays below the limits', () => {
    const limits = { turnsMax: 5, toolCallsMax: 1, wallTimeMs: 1, observationTokensMax: 10, costUsdMax: 0.001 }
    const model = single('structured-serial', { limits })
    expect(model?.requests).toEqual({ low: 5, high: 5 })
    expect(model?.costUsd?.high).toBe(0.001)
    expect(forecastOf({ runCostUsdMax: 0.01 }).costUsd?.high).toBe(0.01)
  })

  test('adds up over trials', () => {
    const one = single('script-tool')
    const three = single('script-tool', { repeats: 3 })
    expect(three?.trials).toBe(3)
    expect(three?.inputTokens.low).toBe((one?.inputTokens.low ?? 0) * 3)
  })

  test('costs tokens times prices; the low end reads its earlier context from the cache', () => {
    const model = single('script-tool')
    const fresh = 2502 + 2 * 450
    const cached = 3 * 2502 + 450 * 3 - fresh
    expect(model?.costUsd?.low).toBeCloseTo((fresh * 3 + cached * 0.3 + 450 * 15) / 1e6, 10)
    expect(model?.costUsd?.high).toBeGreaterThan(model?.costUsd?.low ?? 0)
  })

  test('without a price names no cost, not zero', () => {
    const suite = makeSuite()
    const unpriced = forecast(expandMatrix({ suite, tasks }), { suite, tasks, pricesOf: () => undefined })
    expect(unpriced).not.toHaveProperty('costUsd')
    expect(unpriced.models[0]).not.toHaveProperty('costUsd')
    expect(unpriced.models[0]?.inputTokens.low).toBeGreaterThan(0)
  })

  test('prefers the suite’s own prices', () => {
    const models = [
      {
        spec: 'a/b',
        parameters: {},
        prices: { ...PRICES, outputPerMillion: 0, inputPerMillion: 0, cacheReadPerMillion: 0 },
      },
    ]
    expect(forecastOf({ models }).costUsd).toEqual({ low: 0, high: 0 })
  })

  test('keeps two entries of one model apart by their parameters', () => {
    const models = [
      { spec: 'a/b', parameters: {} },
      { spec: 'a/b', parameters: { temperature: 0 } },
    ]
    expect(forecastOf({ models }).models.map(({ parameters }) => parameters)).toEqual([{}, { temperature: 0 }])
  })

  test('of nothing is nothing', () => {
    const suite = makeSuite()
    expect(forecast([], { suite, tasks, pricesOf: () => PRICES })).toEqual({ trials: 0, models: [] })
  })
})
