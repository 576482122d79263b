import { expect, test } from 'vitest'
import { describeForecast } from '../../../src/cli/terminal/show-forecast.ts'
import type { Forecast } from '../../../src/matrix/forecast.ts'

const RANGE = { low: 10, high: 2_000 }
const model = (name: string, costUsd?: { low: number; high: number }): Forecast['models'][number] => ({
  model: name,
  parameters: {},
  trials: 2,
  requests: RANGE,
  inputTokens: RANGE,
  outputTokens: RANGE,
  ...(costUsd && { costUsd }),
})

test('built-in players need no forecast', () => {
  expect(describeForecast({ trials: 4, models: [model('oracle')] })).toBe('forecast: 4 trials')
})

test('a total says which models it leaves out', () => {
  const priced = { low: 0.11, high: 2.76 }
  const text = describeForecast({ trials: 4, models: [model('openai/a', priced), model('openai/b')], costUsd: priced })
  expect(text).toContain('4 trials, $0.11–$2.76 in all, without 1 model whose price is unknown')
})

test('a total that the cap cuts says so', () => {
  const models = [model('openai/a', { low: 24, high: 421 })]
  expect(describeForecast({ trials: 4, models, costUsd: { low: 5, high: 5 } }, 5)).toContain(
    'stops at $5.00 (runCostUsdMax)',
  )
})
