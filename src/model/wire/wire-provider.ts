import { seededRandom } from '../../base/random.ts'
import type { Clock } from '../../contracts/clock.ts'
import type {
  AskOptions,
  ModelFailure,
  ModelProvider,
  ModelReply,
  ModelRequest,
  PlayerKind,
} from '../../contracts/model.ts'
import type { TokenCounter } from '../../contracts/tokens.ts'
import { isReasoningCarried } from './carried.ts'
import { estimateUsage } from './estimate-usage.ts'
import { redact } from './redact.ts'
import { type AttemptResult, withRetries } from './retry.ts'

/** One wire format: how a request becomes an exchange. `send` can throw what `classify` understands. */
export interface Wire {
  /** The name under which its items are carried. */
  name: string
  /** Builds the exchange of one request; it is sent once per attempt. */
  prepare(request: ModelRequest): Promise<{ send(signal: AbortSignal): Promise<AttemptResult> }>
  classify(error: unknown, now: Date): ModelFailure
}

export interface WireProviderOptions {
  spec: string
  playerKind: PlayerKind
  wire: Wire
  clock: Clock
  countTokens: TokenCounter
  /** What a failure's message must never contain. */
  secrets: readonly string[]
}

/** What all wires share: retries, redaction, estimates where nothing was reported, exceptions turned into values. */
export function createWireProvider(options: WireProviderOptions): ModelProvider {
  const { spec, playerKind, wire, clock } = options
  return {
    spec,
    playerKind,
    async ask(request, asked) {
      const guarded = guardedAttempt(request, asked.signal, options)
      const random = seededRandom(`${request.cacheKey}:${request.messages.length}`)
      const reply: ModelReply = await withRetries(guarded, { clock, random, ...asked })
      const reasoningCarried = isReasoningCarried(request.messages, wire.name)
      return reasoningCarried === undefined ? reply : { ...reply, reasoningCarried }
    },
  }
}

function guardedAttempt(request: ModelRequest, signal: AskOptions['signal'], options: WireProviderOptions) {
  const { wire, clock, countTokens, secrets } = options
  let prepared: ReturnType<Wire['prepare']> | undefined
  return async (): Promise<AttemptResult> => {
    try {
      if (signal.aborted) return aborted()
      prepared ??= wire.prepare(request)
      const { send } = await prepared
      const result = await send(signal)
      const { message } = result
      const usage = result.usage ?? (message && estimateUsage(request, message, { countTokens, raw: null }))
      const complete = usage === undefined ? result : { ...result, usage }
      if (complete.ok) return complete
      return { ...complete, failure: { ...complete.failure, message: redact(complete.failure.message, secrets) } }
    } catch (error) {
      if (signal.aborted) return aborted()
      const failure = wire.classify(error, clock.date())
      return { ok: false, failure: { ...failure, message: redact(failure.message, secrets) } }
    }
  }
}

function aborted(): AttemptResult {
  return { ok: false, failure: { class: 'connection', message: 'the request was aborted' } }
}
