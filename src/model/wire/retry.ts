import { failureTraits } from '../../base/models/failure-class.ts'
import type { Random } from '../../base/random.ts'
import type { Clock } from '../../contracts/clock.ts'
import type { AskOptions, AssistantMessage, ModelFailure, Usage } from '../../contracts/model.ts'

const ATTEMPTS_MAX = 5
const BACKOFF_FIRST_MS = 500
const BACKOFF_MAX_MS = 30_000
/** A request is not retried when the server asks for a longer wait: the trial's own limits would end first. */
const RETRY_AFTER_MAX_MS = 120_000

/** What one try at a request brought: a reply without its timing. */
export type AttemptResult = { usage?: Usage; servedModel?: string } & (
  | { ok: true; message: AssistantMessage }
  | { ok: false; failure: ModelFailure; message?: AssistantMessage }
)

export interface RetryOptions extends AskOptions {
  clock: Clock
  /** Seeded, so that a run's waits are the same each time. */
  random: Random
}

/** Tries until it succeeds, fails for good or is aborted. Each attempt is reported after the wait that follows it. */
export async function withRetries(
  attempt: () => Promise<AttemptResult>,
  { clock, random, signal, onAttempt }: RetryOptions,
): Promise<AttemptResult & { latencyMs: number }> {
  for (let number = 1; ; number++) {
    const startedMs = clock.nowMs()
    const result = await attempt()
    const latencyMs = clock.nowMs() - startedMs
    const told = { attempt: number, durationMs: latencyMs }
    if (result.ok) {
      onAttempt?.(told)
      return { ...result, latencyMs }
    }
    const { failure } = result
    const waitMs = number < ATTEMPTS_MAX && !signal.aborted ? waitAfter(failure, number, random) : undefined
    if (waitMs === undefined) {
      onAttempt?.({ ...told, failure })
      return { ...result, latencyMs }
    }
    const waitedFromMs = clock.nowMs()
    await clock.sleep(waitMs, signal)
    onAttempt?.({ ...told, failure, backoffMs: clock.nowMs() - waitedFromMs })
    if (signal.aborted) return { ...result, latencyMs }
  }
}

/** Exponential backoff with equal jitter, never shorter than what the server asks for; undefined: do not retry. */
function waitAfter(failure: ModelFailure, attempt: number, random: Random): number | undefined {
  if (!failureTraits(failure.class).isRetried) return undefined
  const asked = failure.retryAfterMs ?? 0
  if (asked > RETRY_AFTER_MAX_MS) return undefined
  const backoffMs = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** (attempt - 1))
  return Math.max(asked, Math.round(backoffMs * (0.5 + random() / 2)))
}
