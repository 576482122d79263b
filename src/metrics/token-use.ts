import { costUsd } from '../base/cost.ts'
import { failureTraits } from '../base/models/failure-class.ts'
import type { TrialEvent } from '../contracts/events.ts'
import type { ModelPrices, Usage } from '../contracts/model.ts'
import { type EventOf, eventsOf } from './events-of.ts'
import { largest, sum, sumKnown } from './sum.ts'
import type { TrialMetrics } from './trial-metrics.ts'

type TokenUse = Pick<
  TrialMetrics,
  | 'inputTokens'
  | 'inputTokensFresh'
  | 'cacheReadTokens'
  | 'cacheWriteTokens'
  | 'outputTokens'
  | 'reasoningTokens'
  | 'reasoningCarried'
  | 'tokensEstimated'
  | 'reinjectedCopies'
  | 'reinjectedTokens'
  | 'promptDistanceTokensMax'
  | 'contextTokensPeak'
  | 'observationTokensCut'
  | 'bytesIntoContext'
  | 'costUsd'
>

/** What the conversation weighed and what it cost. */
export function tokenUse(events: readonly TrialEvent[], prices: ModelPrices | undefined): TokenUse {
  const billed = billedReplies(events)
  const requests = eventsOf(events, 'model_request')
  const observations = eventsOf(events, 'observation')
  const usages = billed.flatMap(reply => reply.usage ?? [])
  const bucket = (name: keyof Usage & `${string}Tokens`) => sumKnown(billed.map(reply => reply.usage?.[name]))
  return {
    inputTokens: sumKnown(billed.map(reply => inputOf(reply.usage))),
    inputTokensFresh: bucket('inputFreshTokens'),
    cacheReadTokens: bucket('cacheReadTokens'),
    cacheWriteTokens: bucket('cacheWriteTokens'),
    outputTokens: bucket('outputTokens'),
    reasoningTokens: bucket('reasoningTokens'),
    reasoningCarried: reasoningCarried(events),
    tokensEstimated: usages.length === 0 ? undefined : usages.some(usage => usage.estimated),
    reinjectedCopies: sum(requests.map(request => request.reinjectedCopies)),
    reinjectedTokens: sum(requests.map(request => request.reinjectedTokens)),
    promptDistanceTokensMax: largest(requests.map(request => request.promptDistanceTokens)),
    contextTokensPeak: largest(requests.map(request => request.contextTokens)),
    observationTokensCut: sum(observations.map(observation => observation.tokensCut)),
    bytesIntoContext: sum(observations.map(observation => observation.bytes)),
    costUsd: prices && sumKnown(billed.map(({ usage }) => usage && costUsd(usage, prices))),
  }
}

/**
 * Replies that used tokens: every answer, also a cut-off or refused one, and whatever failure reports its usage. A
 * request that failed on the way reports nothing and is not billed.
 */
export function billedReplies(events: readonly TrialEvent[]): readonly EventOf<'model_reply'>[] {
  return eventsOf(events, 'model_reply').filter(({ failure, usage }) => {
    return failure === undefined || failureTraits(failure.class).isBilled || usage !== undefined
  })
}

/**
 * All input of one reply, however the provider's cache split it. A cache bucket that the endpoint does not report has
 * none of its own: its tokens are then part of the fresh input.
 */
function inputOf(usage: Usage | undefined): number | undefined {
  return sumKnown([usage?.inputFreshTokens, usage?.cacheReadTokens ?? 0, usage?.cacheWriteTokens ?? 0])
}

/** Input and output of one reply. */
export function tokensOf(usage: Usage | undefined): number | undefined {
  return sumKnown([inputOf(usage), usage?.outputTokens])
}

function reasoningCarried(events: readonly TrialEvent[]): TrialMetrics['reasoningCarried'] {
  const known = eventsOf(events, 'model_reply').flatMap(reply => reply.reasoningCarried ?? [])
  if (known.length === 0) return undefined
  if (known.every(isCarried => isCarried)) return 'yes'
  return known.some(isCarried => isCarried) ? 'partly' : 'no'
}
