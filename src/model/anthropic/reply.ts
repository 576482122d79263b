import { defined } from '../../base/defined.ts'
import { asList, asObject, asText } from '../../base/json-fields.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { ModelFailure, ModelToolCall, Usage } from '../../contracts/model.ts'
import { type CarriedReasoning, withCarried } from '../wire/carried.ts'
import { countOf } from '../wire/count-of.ts'
import type { AttemptResult } from '../wire/retry.ts'
import { StreamBroken } from '../wire/stream-broken.ts'
import { argumentsObject } from '../wire/tool-arguments.ts'
import { anthropicFailure } from './failure.ts'
import { ANTHROPIC } from './request.ts'

/** A whole message → what the attempt brought. */
export function anthropicReply(message: JsonObject, now: Date): AttemptResult {
  if (message.error) return { ok: false, failure: anthropicFailure({ error: message }, now) }
  if (!Array.isArray(message.content)) throw new StreamBroken('it held any content')
  const blocks = asList(message.content).map(asObject)
  const usage = anthropicUsage(message.usage)
  const servedModel = asText(message.model)
  const facts = defined({ usage, servedModel: servedModel || undefined })
  const text = blocks.map(block => (block.type === 'text' ? asText(block.text) : '')).join('')
  const said = withCarried(
    { text, toolCalls: callsIn(blocks) },
    ANTHROPIC,
    blocks.filter(canGoBack).map(asSent),
    reasoningIn(blocks, usage),
  )
  const failure = failureIn(message)
  return failure ? { ok: false, failure, message: said, ...facts } : { ok: true, message: said, ...facts }
}

function callsIn(blocks: readonly JsonObject[]): ModelToolCall[] {
  return blocks
    .filter(({ type }) => type === 'tool_use')
    .map(block => ({ callId: asText(block.id), name: asText(block.name), argumentsText: argumentsOf(block) }))
}

/** A call without arguments streams no text at all. */
function argumentsOf(block: JsonObject): string {
  return asText(block.json) || JSON.stringify(block.input ?? {})
}

function isThinking({ type }: JsonObject): boolean {
  return type === 'thinking' || type === 'redacted_thinking'
}

/** The wire refuses blank text and thinking that was cut off before its signature. */
function canGoBack(block: JsonObject): boolean {
  if (block.type === 'text') return asText(block.text).trim() !== ''
  return block.type !== 'thinking' || asText(block.signature) !== ''
}

/** A call's input goes back as an object; its raw text is only kept here. */
function asSent(block: JsonObject): JsonObject {
  if (block.type !== 'tool_use') return block
  const { json: _, ...call } = block
  return { ...call, input: argumentsObject(argumentsOf(block)) }
}

function reasoningIn(blocks: readonly JsonObject[], usage: Usage | undefined): CarriedReasoning {
  const thinking = blocks.filter(isThinking)
  if (thinking.length === 0) return (usage?.reasoningTokens ?? 0) > 0 ? 'hidden' : 'none'
  return thinking.every(canGoBack) ? 'returned' : 'hidden'
}

function failureIn(message: JsonObject): ModelFailure | undefined {
  switch (message.stop_reason) {
    case 'max_tokens':
      return { class: 'truncated', message: 'the reply reached max_tokens' }
    case 'model_context_window_exceeded':
      return { class: 'context-overflow', message: 'the reply reached the end of the context window' }
    case 'refusal': {
      const explanation = asText(asObject(message.stop_details).explanation)
      return { class: 'refused', message: explanation || 'the model refused to continue' }
    }
    default:
      return undefined
  }
}

/** Anthropic's input count leaves out what was read from and written to the cache. */
function anthropicUsage(raw: unknown): Usage | undefined {
  const usage = asObject(raw)
  const inputFreshTokens = countOf(usage.input_tokens)
  if (inputFreshTokens === undefined) return undefined
  const cacheReadTokens = countOf(usage.cache_read_input_tokens)
  const cacheWriteTokens = countOf(usage.cache_creation_input_tokens) ?? writtenIn(usage)
  const outputTokens = countOf(usage.output_tokens)
  const reasoningTokens = countOf(asObject(usage.output_tokens_details).thinking_tokens)
  return defined({
    inputFreshTokens,
    cacheReadTokens,
    cacheWriteTokens,
    outputTokens,
    reasoningTokens,
    estimated: false,
    raw: raw as JsonValue,
  })
}

/** The writes by time to live, where only those are reported. */
function writtenIn(usage: JsonObject): number | undefined {
  const creation = asObject(usage.cache_creation)
  const counts = [creation.ephemeral_5m_input_tokens, creation.ephemeral_1h_input_tokens].map(countOf)
  if (counts.every(count => count === undefined)) return undefined
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}
