import type { ModelPrices, Usage } from '../contracts/model.ts'

/**
 * USD of one request: each bucket times its price per million tokens.
 * Undefined when the input or the output is unknown, or when a bucket has tokens without a price.
 * A cache bucket the endpoint did not report costs nothing of its own: its tokens are then part of the fresh input.
 */
export function costUsd(usage: Usage, prices: ModelPrices): number | undefined {
  const buckets: [tokens: number | undefined, price: number | undefined][] = [
    [usage.inputFreshTokens, prices.inputPerMillion],
    [usage.cacheReadTokens ?? 0, prices.cacheReadPerMillion],
    [usage.cacheWriteTokens ?? 0, prices.cacheWritePerMillion],
    [usage.outputTokens, prices.outputPerMillion],
  ]
  let sum = 0
  for (const [tokens, price] of buckets) {
    if (tokens === 0) continue
    if (tokens === undefined || price === undefined) return undefined
    sum += tokens * price
  }
  return sum / 1_000_000
}

/**
 * At most what a request cost, for limits that must never be exceeded: cache reads without a price count as fresh input, writes
 * twice as much, which is more than any provider asks. Undefined only where input or output is unknown.
 */
export function costUsdMax(usage: Usage, prices: ModelPrices): number | undefined {
  const { inputPerMillion } = prices
  return costUsd(usage, { cacheReadPerMillion: inputPerMillion, cacheWritePerMillion: 2 * inputPerMillion, ...prices })
}
