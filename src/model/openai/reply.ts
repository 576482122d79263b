import type { JsonValue } from '../../contracts/json.ts'
import type { ModelFailure, ModelToolCall, Usage } from '../../contracts/model.ts'
import { type CarriedReasoning, withCarried } from '../wire/carried.ts'
import { countOf, type Fields, fieldsOf, listOf, textOf } from '../wire/read-json.ts'
import type { AttemptResult } from '../wire/retry.ts'
import { StreamBroken } from '../wire/stream-broken.ts'
import { openAIFailure } from './failure.ts'
import { OPENAI } from './request.ts'

/** A finished response object → what the attempt brought. */
export function openAIReply(response: Fields, now: Date): AttemptResult {
  const status = textOf(response.status)
  const items = listOf(response.output).map(fieldsOf)
  const error = response.error
  if (status === 'failed' || (items.length === 0 && error)) {
    const usage = openAIUsage(response.usage)
    return { ok: false, failure: openAIFailure({ error }, now), ...(usage && { usage }) }
  }
  if (items.length === 0 && status === '') throw new StreamBroken('it had any output')
  if (status === 'cancelled' || status === 'in_progress' || status === 'queued')
    throw new StreamBroken('it was complete')
  const usage = openAIUsage(response.usage)
  const servedModel = textOf(response.model)
  const facts = { ...(usage && { usage }), ...(servedModel && { servedModel }) }
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
function canGoBack(item: Fields): boolean {
  return item.type !== 'reasoning' || textOf(item.encrypted_content) !== ''
}

function reasoningIn(items: readonly Fields[], usage: Usage | undefined, status: string): CarriedReasoning {
  const reasoning = items.filter(item => item.type === 'reasoning')
  if (reasoning.length === 0) return (usage?.reasoningTokens ?? 0) > 0 ? 'hidden' : 'none'
  return status !== 'incomplete' && reasoning.every(canGoBack) ? 'returned' : 'hidden'
}

function saidIn(items: readonly Fields[], type: string, field: string): string {
  const contents = items.filter(item => item.type === 'message').flatMap(item => listOf(item.content).map(fieldsOf))
  return contents
    .filter(content => content.type === type)
    .map(content => textOf(content[field]))
    .join('')
}

function callsIn(items: readonly Fields[]): ModelToolCall[] {
  return items
    .filter(item => item.type === 'function_call')
    .map(item => ({
      callId: textOf(item.call_id),
      name: textOf(item.name),
      argumentsText: textOf(item.arguments),
    }))
}

function failureIn(response: Fields, items: readonly Fields[]): ModelFailure | undefined {
  const reason = textOf(fieldsOf(response.incomplete_details).reason)
  if (reason === 'content_filter') return { class: 'refused', message: 'the reply was stopped by the content filter' }
  const refusal = saidIn(items, 'refusal', 'refusal')
  if (refusal !== '') return { class: 'refused', message: refusal }
  if (response.status !== 'incomplete') return undefined
  return { class: 'truncated', message: `the reply is incomplete: ${reason || 'no reason given'}` }
}

/** OpenAI's input count includes what was read from and written to the cache. */
function openAIUsage(raw: unknown): Usage | undefined {
  const usage = fieldsOf(raw)
  const input = countOf(usage.input_tokens)
  if (input === undefined) return undefined
  const details = fieldsOf(usage.input_tokens_details)
  const cacheReadTokens = countOf(details.cached_tokens)
  const cacheWriteTokens = countOf(details.cache_write_tokens)
  const outputTokens = countOf(usage.output_tokens)
  const reasoningTokens = countOf(fieldsOf(usage.output_tokens_details).reasoning_tokens)
  return {
    inputFreshTokens: Math.max(0, input - (cacheReadTokens ?? 0) - (cacheWriteTokens ?? 0)),
    ...(cacheReadTokens !== undefined && { cacheReadTokens }),
    ...(cacheWriteTokens !== undefined && { cacheWriteTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
    estimated: false,
    raw: raw as JsonValue,
  }
}
