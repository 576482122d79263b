import { defined } from '../../base/defined.ts'
import { asList, asObject, asText } from '../../base/json-fields.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { ModelFailure, ModelToolCall, Usage } from '../../contracts/model.ts'
import { openAIFailure } from '../openai/failure.ts'
import { withCarried } from '../wire/carried.ts'
import { countOf } from '../wire/count-of.ts'
import type { AttemptResult } from '../wire/retry.ts'
import { StreamBroken } from '../wire/stream-broken.ts'
import { withCallIds } from '../wire/with-call-ids.ts'
import { CHAT } from './request.ts'

/** Names under which servers return reasoning that they take back. */
export const REASONING_FIELDS = ['reasoning_content', 'reasoning', 'reasoning_details'] as const

/** A whole chat completion → what the attempt brought. */
export function chatReply(completion: JsonObject, now: Date): AttemptResult {
  const choice = asObject(asList(completion.choices)[0])
  if (!('message' in choice)) {
    const { error } = completion
    if (!error) throw new StreamBroken('it held a choice')
    // Routers report a failure of the provider behind them with status 200 and the provider's status as the code.
    const status = Number(asObject(error).code)
    return { ok: false, failure: openAIFailure(Number.isInteger(status) ? { status, error } : { error }, now) }
  }
  const message = asObject(choice.message)
  const usage = chatUsage(completion.usage)
  const servedModel = asText(completion.model)
  const facts = defined({ usage, servedModel: servedModel || undefined })
  const reasoning = Object.fromEntries(
    REASONING_FIELDS.filter(name => isFilled(message[name])).map(name => [name, message[name]]),
  )
  const isReturned = Object.keys(reasoning).length > 0
  const said = withCarried(
    { text: contentOf(message.content), toolCalls: callsOf(message) },
    CHAT,
    isReturned ? [reasoning] : [],
    isReturned ? 'returned' : (usage?.reasoningTokens ?? 0) > 0 ? 'hidden' : 'none',
  )
  const failure = failureIn(asText(choice.finish_reason), asText(message.refusal))
  return failure ? { ok: false, failure, message: said, ...facts } : { ok: true, message: said, ...facts }
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : Array.isArray(value) && value.length > 0
}

function contentOf(content: unknown): string {
  if (typeof content === 'string') return content
  return asList(content)
    .map(part => asText(asObject(part).text))
    .join('')
}

/** Some servers send no ids, the same id twice, or arguments as an object. */
function callsOf(message: JsonObject): ModelToolCall[] {
  const calls = asList(message.tool_calls).map(value => {
    const call = asObject(value)
    const { name, arguments: args } = asObject(call.function)
    const argumentsText = typeof args === 'string' ? args : JSON.stringify(args ?? {})
    return { callId: asText(call.id), name: asText(name), argumentsText }
  })
  return withCallIds(calls)
}

function failureIn(finishReason: string, refusal: string): ModelFailure | undefined {
  if (refusal !== '') return { class: 'refused', message: refusal }
  if (finishReason === 'content_filter')
    return { class: 'refused', message: 'the reply was stopped by the content filter' }
  if (finishReason === 'length') return { class: 'truncated', message: 'the reply reached the output limit' }
  return undefined
}

/** `prompt_tokens` includes what was read from and written to the cache. All zero means not counted. */
function chatUsage(raw: unknown): Usage | undefined {
  const usage = asObject(raw)
  const input = countOf(usage.prompt_tokens)
  const outputTokens = countOf(usage.completion_tokens)
  if (!input || outputTokens === undefined) return undefined
  const details = asObject(usage.prompt_tokens_details)
  const cacheReadTokens = countOf(details.cached_tokens) ?? countOf(usage.prompt_cache_hit_tokens)
  const cacheWriteTokens = countOf(details.cache_write_tokens)
  const reasoningTokens = countOf(asObject(usage.completion_tokens_details).reasoning_tokens)
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
