import { defined } from '../../base/defined.ts'
import { asList, asObject, asText } from '../../base/json-fields.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { ModelFailure, ModelToolCall, Usage } from '../../contracts/model.ts'
import { type CarriedReasoning, withCarried } from '../wire/carried.ts'
import { countOf } from '../wire/count-of.ts'
import type { AttemptResult } from '../wire/retry.ts'
import { StreamBroken } from '../wire/stream-broken.ts'
import { openAIFailure } from './failure.ts'
import { OPENAI } from './request.ts'

/** A finished response object → what the attempt brought. */
export function openAIReply(response: JsonObject, now: Date): AttemptResult {
  const status = asText(response.status)
  const items = asList(response.output).map(asObject)
  const error = response.error
  if (status === 'failed' || (items.length === 0 && error)) {
    const usage = openAIUsage(response.usage)
    return { ok: false, failure: openAIFailure({ error }, now), ...(usage && { usage }) }
  }
  if (items.length === 0 && status === '') throw new StreamBroken('it had any output')
  if (status === 'cancelled' || status === 'in_progress' || status === 'queued')
    throw new StreamBroken('it was complete')
  const usage = openAIUsage(response.usage)
  const servedModel = asText(response.model)
  const facts = defined({ usage, servedModel: servedModel || undefined })
  const failure = failureIn(response, items)
  const message = withCarried(
    { text: saidIn(items, 'output_text', 'text'), toolCalls: callsIn(items) },
    OPENAI,
    // Cut-off items are not accepted back.
    status === 'incomplete' ? [] : items.filter(canGoBack),
    reasoningIn(items, usage, status),
  )
  return failure ? { ok: false, failure, message, ...facts } : { ok: true, message, ...facts }
}

/** Without its encrypted content, a reasoning item of an unstored response is unknown to the server. */
function canGoBack(item: JsonObject): boolean {
  return item.type !== 'reasoning' || asText(item.encrypted_content) !== ''
}

function reasoningIn(items: readonly JsonObject[], usage: Usage | undefined, status: string): CarriedReasoning {
  const reasoning = items.filter(item => item.type === 'reasoning')
  if (reasoning.length === 0) return (usage?.reasoningTokens ?? 0) > 0 ? 'hidden' : 'none'
  return status !== 'incomplete' && reasoning.every(canGoBack) ? 'returned' : 'hidden'
}

function saidIn(items: readonly JsonObject[], type: string, field: string): string {
  const contents = items.filter(item => item.type === 'message').flatMap(item => asList(item.content).map(asObject))
  return contents
    .filter(content => content.type === type)
    .map(content => asText(content[field]))
    .join('')
}

function callsIn(items: readonly JsonObject[]): ModelToolCall[] {
  return items
    .filter(item => item.type === 'function_call')
    .map(item => ({
      callId: asText(item.call_id),
      name: asText(item.name),
      argumentsText: asText(item.arguments),
    }))
}

function failureIn(response: JsonObject, items: readonly JsonObject[]): ModelFailure | undefined {
  const reason = asText(asObject(response.incomplete_details).reason)
  if (reason === 'content_filter') return { class: 'refused', message: 'the reply was stopped by the content filter' }
  const refusal = saidIn(items, 'refusal', 'refusal')
  if (refusal !== '') return { class: 'refused', message: refusal }
  if (response.status !== 'incomplete') return undefined
  return { class: 'truncated', message: `the reply is incomplete: ${reason || 'no reason given'}` }
}

/** OpenAI's input count includes what was read from and written to the cache. */
function openAIUsage(raw: unknown): Usage | undefined {
  const usage = asObject(raw)
  const input = countOf(usage.input_tokens)
  if (input === undefined) return undefined
  const details = asObject(usage.input_tokens_details)
  const cacheReadTokens = countOf(details.cached_tokens)
  const cacheWriteTokens = countOf(details.cache_write_tokens)
  const outputTokens = countOf(usage.output_tokens)
  const reasoningTokens = countOf(asObject(usage.output_tokens_details).reasoning_tokens)
  return defined({
    inputFreshTokens: Math.max(0, input - (cacheReadTokens ?? 0) - (cacheWriteTokens ?? 0)),
    cacheReadTokens,
    cacheWriteTokens,
    outputTokens,
    reasoningTokens,
    estimated: false,
    raw: raw as JsonValue,
  })
}
