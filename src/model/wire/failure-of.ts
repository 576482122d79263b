import { asObject, asText } from '../../base/json-fields.ts'
import type { JsonObject } from '../../contracts/json.ts'
import type { ModelFailure, ModelFailureClass } from '../../contracts/model.ts'
import { retryAfterMs } from './retry-after.ts'

/** What a provider's own error codes mean. They take precedence over the HTTP status, unless they only mean `bad-request`. */
export type FailureCodes = Readonly<Record<string, ModelFailureClass>>

const CONTEXT_OVERFLOW =
  /context[ _-]?(length|window|size|limit)|(prompt|input) is too long|too many (input )?tokens in|exceeds? the (available )?context/i
const OUT_OF_MONEY = /credit balance is too low|exceeded your current quota/i

/** Turns whatever an SDK threw into a failure. The errors of both SDKs have `status`, `headers` and the body's `error`. */
export function failureOf(error: unknown, codes: FailureCodes, now: Date): ModelFailure {
  const thrown = asObject(error)
  const body = asObject(thrown.error)
  const inner = 'error' in body ? asObject(body.error) : body
  const status = typeof thrown.status === 'number' ? thrown.status : undefined
  const message = asText(inner.message) || asText(body.message) || deepestMessage(error)
  const failure: ModelFailure = { class: classOf(inner, status, { codes, message }), message }
  if (status !== undefined) {
    failure.httpStatus = status
    failure.message = `HTTP ${status}: ${message}`
  }
  const headers = thrown.headers
  const waitMs = headers instanceof Headers ? retryAfterMs(headers, now) : undefined
  if (waitMs !== undefined) failure.retryAfterMs = waitMs
  return failure
}

function classOf(
  body: JsonObject,
  status: number | undefined,
  { codes, message }: { codes: FailureCodes; message: string },
): ModelFailureClass {
  if (OUT_OF_MONEY.test(message)) return 'auth'
  const named = codes[asText(body.code)] ?? codes[asText(body.type)]
  const isTelling = named !== undefined && (named !== 'bad-request' || status === undefined)
  const found = isTelling ? named : status === undefined ? 'connection' : classOfStatus(status)
  return found === 'bad-request' && CONTEXT_OVERFLOW.test(message) ? 'context-overflow' : found
}

function classOfStatus(status: number): ModelFailureClass {
  if (status === 401 || status === 402 || status === 403) return 'auth'
  if (status === 408 || status === 409) return 'connection'
  if (status === 413) return 'context-overflow'
  if (status === 429) return 'rate-limit'
  return status >= 500 ? 'overloaded' : 'bad-request'
}

/** `Connection error.` says nothing; its cause names the address and the reason. */
function deepestMessage(error: unknown): string {
  const messages: string[] = []
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = asText(asObject(at).code)
    const said = at.message || code
    if (said && !messages.includes(said)) messages.push(said)
  }
  return messages.join(': ') || 'unknown error'
}
