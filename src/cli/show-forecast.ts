import type { Forecast } from '../matrix/forecast.ts'
import type { Range } from '../matrix/range.ts'

/** Built-in players are asked nothing that anybody bills. */
const IS_BUILT_IN = /^(oracle|nop|simulated\/.*|scripted\/.*)$/

/** What a run may need, in a line per model; ranges, because nothing was measured yet. */
export function describeForecast({ trials, models, costUsd }: Forecast): string {
  const asked = models.filter(({ model }) => !IS_BUILT_IN.test(model))
  const lines = asked.map(
    ({ model, requests, inputTokens, outputTokens, costUsd: cost }) =>
      `  ${model}: ${span(requests)} requests, ${span(inputTokens)} input and ${span(outputTokens)} output tokens, ${cost === undefined ? 'cost unknown (no price)' : dollars(cost)}`,
  )
  const total = costUsd === undefined ? '' : `, ${dollars(costUsd)} in all`
  return [`forecast: ${trials} trials${total}`, ...lines].join('\n')
}

function span({ low, high }: Range): string {
  return `${short(low)}–${short(high)}`
}

function short(value: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

function dollars({ low, high }: Range): string {
  return `$${low.toFixed(2)}–$${high.toFixed(2)}`
}
