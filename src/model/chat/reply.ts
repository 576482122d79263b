import type { JsonValue } from '../../contracts/json.ts'
import type { ModelFailure, ModelToolCall, Usage } from '../../contracts/model.ts'
import { openAIFailure } from '../openai/failure.ts'
import { withCarried } from '../wire/carried.ts'
import { countOf, type Fields, fieldsOf, listOf, textOf } from '../wire/read-json.ts'
import type { AttemptResult } from '../wire/retry.ts'
import { StreamBroken } from '../wire/stream-broken.ts'
import { withCallIds } from '../wire/with-call-ids.ts'
import { CHAT } from './request.ts'

/** Names under which servers return reasoning that they take back. */
export const REASONING_FIELDS = ['reasoning_content', 'reasoning', 'reasoning_details'] as const

/** A whole chat completion → what the attempt brought. */
export function chatReply(completion: Fields, now: Date): AttemptResult {
  const choice = fieldsOf(listOf(completion.choices)[0])
  if (!('message' in choice)) {
    const { error } = completion
    if (!error) throw new StreamBroken('it held a choice')
    // Routers report a failure of the provider behind them with status 200 and the provider's status as the code.
    const status = Number(fieldsOf(error).code)
    return { ok: false, failure: openAIFailure(Number.isInteger(status) ? { status, error } : { error }, now) }
  }
  const message = fieldsOf(choice.message)
  const usage = chatUsage(completion.usage)
  const servedModel = textOf(completion.model)
  const facts = { ...(usage && { usage }), ...(servedModel && { servedModel }) }
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
  const failure = failureIn(textOf(choice.finish_reason), textOf(message.refusal))
  return failure ? { ok: false, failure, message: said, ...facts } : { ok: true, message: said, ...facts }
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : Array.isArray(value) && value.length > 0
}

function contentOf(content: unknown): string {
  if (typeof content === 'string') return content
  return listOf(content)
    .map(part => textOf(fieldsOf(part).text))
    .join('')
}

/** Some servers send no ids, the same id twice, or arguments as an object. */
function callsOf(message: Fields): ModelToolCall[] {
  const calls = listOf(message.tool_calls).map(value => {
    const call = fieldsOf(value)
    const { name, arguments: args } = fieldsOf(call.function)
    const argumentsText = typeof args === 'string' ? args : JSON.stringify(args ?? {})
    return { callId: textOf(call.id), name: textOf(name), argumentsText }
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
  const usage = fieldsOf(raw)
  const input = countOf(usage.prompt_tokens)
  const outputTokens = countOf(usage.completion_tokens)
  if (!input || outputTokens === undefined) return undefined
  const details = fieldsOf(usage.prompt_tokens_details)
  const cacheReadTokens = countOf(details.cached_tokens) ?? countOf(usage.prompt_cache_hit_tokens)
  const cacheWriteTokens = countOf(details.cache_write_tokens)
  const reasoningTokens = countOf(fieldsOf(usage.completion_tokens_details).reasoning_tokens)
  return {
    inputFreshTokens: Math.max(0, input - (cacheReadTokens ?? 0) - (cacheWriteTokens ?? 0)),
    ...(cacheReadTokens !== undefined && { cacheReadTokens }),
    ...(cacheWriteTokens !== undefined && { cacheWriteTokens }),
    outputTokens,
    ...(reasoningTokens !== undefined && { reasoningTokens }),
    estimated: false,
    raw: raw as JsonValue,
  }
}
