import { expect, test } from 'vitest'
import { costUsd, costUsdMax } from '../../src/base/cost.ts'
import type { ModelPrices, Usage } from '../../src/contracts/model.ts'

const prices: ModelPrices = {
  inputPerMillion: 5,
  cacheReadPerMillion: 0.5,
  cacheWritePerMillion: 6.25,
  outputPerMillion: 25,
  source: 'https://example.org',
  date: '2026-01-01',
}
const usage: Usage = {
  inputFreshTokens: 1_000_000,
  cacheReadTokens: 2_000_000,
  cacheWriteTokens: 400_000,
  outputTokens: 100_000,
  estimated: false,
  raw: null,
}

test('each bucket at its price', () => {
  expect(costUsd(usage, prices)).toBeCloseTo(5 + 1 + 2.5 + 2.5, 10)
})

test('reasoning is a part of the output and costs nothing twice', () => {
  expect(costUsd({ ...usage, reasoningTokens: 90_000 }, prices)).toBe(costUsd(usage, prices))
})

test('unknown input or output: no cost', () => {
  const { inputFreshTokens: _, ...withoutInput } = usage
  const { outputTokens: __, ...withoutOutput } = usage
  expect(costUsd(withoutInput, prices)).toBeUndefined()
  expect(costUsd(withoutOutput, prices)).toBeUndefined()
})

test('tokens without a price: no cost; an empty bucket needs none', () => {
  const { cacheWritePerMillion: _, ...withoutWrites } = prices
  expect(costUsd(usage, withoutWrites)).toBeUndefined()
  expect(costUsd({ ...usage, cacheWriteTokens: 0 }, withoutWrites)).toBeCloseTo(8.5, 10)
})

test('what was not reported separately counts as fresh input', () => {
  const { cacheReadTokens: _, cacheWriteTokens: __, ...plain } = usage
  expect(costUsd(plain, prices)).toBeCloseTo(7.5, 10)
})

test('a limit counts cache buckets without a price as input, and writes twice', () => {
  const { cacheReadPerMillion: _read, cacheWritePerMillion: _write, ...partial } = prices
  expect(costUsd(usage, partial)).toBeUndefined()
  expect(costUsdMax(usage, partial)).toBeCloseTo(5 + 2 * 5 + 0.4 * 10 + 0.1 * 25)
  expect(costUsdMax(usage, prices)).toBe(costUsd(usage, prices))
})
