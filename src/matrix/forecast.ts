import { defined } from '../base/defined.ts'
import { digestOf } from '../base/digest.ts'
import { MODE_TRAITS } from '../contracts/arm.ts'
import type { ModelEntry, ModelParameters, ModelPrices } from '../contracts/model.ts'
import type { Suite } from '../contracts/suite.ts'
import type { Task } from '../contracts/task.ts'
import type { Trial } from '../contracts/trial.ts'
import { addRanges, cappedRange, type Range, ZERO } from './range.ts'

/**
 * What the forecast assumes where nothing was measured yet. The low end is a model that makes no detours, with its
 * earlier context read from the provider's cache; the high end is one that takes four times as many turns, reads a lot, and
 * never hits the cache.
 */
const FORECAST_ASSUMPTIONS = {
  /** System text and tool definitions. */
  baseTokens: 2_500,
  bytesPerToken: 4,
  looksMinDefault: 2,
  callsMinDefault: 4,
  turnsFactor: [1, 4],
  /** What a turn adds to the next request, without the reply itself. */
  observationTokensPerTurn: [300, 3_000],
  outputTokensPerTurn: [150, 1_000],
} as const

interface ModelForecast {
  model: string
  parameters: ModelParameters
  trials: number
  requests: Range
  inputTokens: Range
  outputTokens: Range
  /** Absent where no price is known. */
  costUsd?: Range
}

export interface Forecast {
  trials: number
  models: ModelForecast[]
  /** For the models with a price, below the run's own limit. */
  costUsd?: Range
}

export interface ForecastOptions {
  suite: Suite
  tasks: readonly Task[]
  pricesOf(model: ModelEntry): ModelPrices | undefined
}

/** Ranges of requests, tokens and cost before anything has run; see the assumptions above. */
export function forecast(trials: readonly Trial[], options: ForecastOptions): Forecast {
  const byModel = Map.groupBy(trials, ({ model }) => digestOf(model))
  const models = [...byModel.values()].map(group => forecastModel(group, options))
  const costs = models.flatMap(({ costUsd }) => (costUsd ? [costUsd] : []))
  const total = costs.length > 0 ? cappedRange(costs.reduce(addRanges), options.suite.runCostUsdMax) : undefined
  return defined({ trials: trials.length, models, costUsd: total })
}

function forecastModel(trials: readonly Trial[], { suite, tasks, pricesOf }: ForecastOptions): ModelForecast {
  const { model } = trials[0] as Trial
  const prices = model.prices ?? pricesOf(model)
  let requests = ZERO
  let inputTokens = ZERO
  let outputTokens = ZERO
  let costUsd = ZERO
  for (const trial of trials) {
    const task = tasks.find(({ id }) => id === trial.task)
    const ends = [0, 1].map(end => estimate(trial, { task, suite, prices, end: end as 0 | 1 })) as [Estimate, Estimate]
    requests = addRanges(requests, rangeOf(ends, 'requests'))
    inputTokens = addRanges(inputTokens, rangeOf(ends, 'inputTokens'))
    outputTokens = addRanges(outputTokens, rangeOf(ends, 'outputTokens'))
    costUsd = addRanges(costUsd, cappedRange(rangeOf(ends, 'costUsd'), suite.limits.costUsdMax))
  }
  const { spec, parameters } = model
  const sums = { model: spec, parameters, trials: trials.length, requests, inputTokens, outputTokens }
  return prices ? { ...sums, costUsd } : sums
}

interface Estimate {
  requests: number
  inputTokens: number
  outputTokens: number
  costUsd: number
}

interface EstimateInput {
  task: Task | undefined
  suite: Suite
  prices: ModelPrices | undefined
  end: 0 | 1
}

function estimate(trial: Trial, { task, suite, prices, end }: EstimateInput): Estimate {
  const assumed = FORECAST_ASSUMPTIONS
  const stepCount = task?.steps.length ?? 1
  const actions =
    MODE_TRAITS[trial.arm.mode].callsPerTurn === 'one'
      ? (task?.callsMin ?? assumed.callsMinDefault)
      : (task?.looksMin ?? assumed.looksMinDefault)
  const requests = Math.min(Math.ceil((actions + stepCount) * assumed.turnsFactor[end]), suite.limits.turnsMax)
  const outputPerTurn = assumed.outputTokensPerTurn[end]
  const growth = Math.min(assumed.observationTokensPerTurn[end], suite.limits.observationTokensMax) + outputPerTurn
  const first = assumed.baseTokens + Math.ceil(instructionBytes(task) / assumed.bytesPerToken)
  const inputTokens = requests * first + (growth * requests * (requests - 1)) / 2
  const outputTokens = requests * outputPerTurn
  const fresh = first + growth * (requests - 1)
  return {
    requests,
    inputTokens,
    outputTokens,
    costUsd: prices ? cost(prices, { inputTokens, outputTokens, fresh, end }) : 0,
  }
}

function cost(
  prices: ModelPrices,
  { inputTokens, outputTokens, fresh, end }: { inputTokens: number; outputTokens: number; fresh: number; end: 0 | 1 },
): number {
  const cachedPrice = end === 0 ? (prices.cacheReadPerMillion ?? prices.inputPerMillion) : prices.inputPerMillion
  const usdPerMillion =
    fresh * prices.inputPerMillion + (inputTokens - fresh) * cachedPrice + outputTokens * prices.outputPerMillion
  return usdPerMillion / 1_000_000
}

function instructionBytes(task: Task | undefined): number {
  return (task?.steps ?? []).reduce((sum, { instruction }) => sum + instruction.length, 0)
}

function rangeOf([low, high]: readonly [Estimate, Estimate], field: keyof Estimate): Range {
  return { low: low[field], high: high[field] }
}
