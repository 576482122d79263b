import { failureTraits } from '../base/models/failure-class.ts'
import type { TrialEvent } from '../contracts/events.ts'
import type { ModelFailure } from '../contracts/model.ts'
import { type EventOf, eventsOf } from './events-of.ts'
import { isToolError } from './script-use.ts'
import type { TrialMetrics } from './trial-metrics.ts'

type ErrorCounts = Pick<
  TrialMetrics,
  'requests' | 'errorsProtocol' | 'errorsTool' | 'errorsProvider' | 'lenientRepairs'
>

/** Mistakes and mishaps outside scripts, each with what it can be divided by. */
export function errorCounts(events: readonly TrialEvent[]): ErrorCounts {
  const attempts = eventsOf(events, 'model_attempt')
  const silent = repliesWithoutAttempts(events, attempts)
  return {
    requests: attempts.length + silent.length,
    errorsProtocol: eventsOf(events, 'protocol_error').length,
    errorsTool: eventsOf(events, 'tool_call').filter(event => isToolError(event.call)).length,
    errorsProvider:
      attempts.filter(event => isProviderError(event.attempt.failure)).length +
      silent.filter(reply => isProviderError(reply.failure)).length,
    lenientRepairs: eventsOf(events, 'lenient_repair').length,
  }
}

/** Players that do not report their attempts have made one for each reply. */
export function repliesWithoutAttempts(
  events: readonly TrialEvent[],
  attempts: readonly EventOf<'model_attempt'>[],
): readonly EventOf<'model_reply'>[] {
  const turns = new Set(attempts.map(event => event.turn))
  return eventsOf(events, 'model_reply').filter(reply => !turns.has(reply.turn))
}

/** A cut-off, refused or too long conversation is the model's or the harness's, not the provider's. */
function isProviderError(failure: ModelFailure | undefined): boolean {
  return failure !== undefined && failureTraits(failure.class).end === 'failed'
}
