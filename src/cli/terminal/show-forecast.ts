import { isBilled } from '../../base/models/model-kind.ts'
import type { Forecast } from '../../matrix/forecast.ts'
import type { Range } from '../../matrix/range.ts'

/** What a run may need, in a line per model; ranges, because nothing was measured yet. */
export function describeForecast({ trials, models, costUsd }: Forecast, runCostUsdMax?: number): string {
  const asked = models.filter(({ model }) => isBilled(model))
  const lines = asked.map(
    ({ model, requests, inputTokens, outputTokens, costUsd: cost }) =>
      `  ${model}: ${span(requests)} requests, ${span(inputTokens)} input and ${span(outputTokens)} output tokens, ${cost === undefined ? 'cost unknown (no price)' : dollars(cost)}`,
  )
  const unpriced = asked.filter(model => model.costUsd === undefined).length
  return [`forecast: ${trials} trials${totalText(costUsd, unpriced, runCostUsdMax)}`, ...lines].join('\n')
}

function totalText(costUsd: Range | undefined, unpriced: number, runCostUsdMax: number | undefined): string {
  if (costUsd === undefined) return ''
  if (runCostUsdMax !== undefined && costUsd.low >= runCostUsdMax) {
    return `; the run stops at $${runCostUsdMax.toFixed(2)} (runCostUsdMax), before all trials are done`
  }
  const without = unpriced === 0 ? '' : `, without ${unpriced} model${unpriced === 1 ? '' : 's'} whose price is unknown`
  const cap = runCostUsdMax === undefined ? '' : `, stopping at $${runCostUsdMax.toFixed(2)} (runCostUsdMax)`
  return `, ${dollars(costUsd)} in all${without}${cap}`
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
