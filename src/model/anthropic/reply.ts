import type { JsonValue } from '../../contracts/json.ts'
import type { ModelFailure, ModelToolCall, Usage } from '../../contracts/model.ts'
import { type CarriedReasoning, withCarried } from '../wire/carried.ts'
import { countOf, type Fields, fieldsOf, listOf, textOf } from '../wire/read-json.ts'
import type { AttemptResult } from '../wire/retry.ts'
import { StreamBroken } from '../wire/stream-broken.ts'
import { argumentsObject } from '../wire/tool-arguments.ts'
import { anthropicFailure } from './failure.ts'
import { ANTHROPIC } from './request.ts'

/** A whole message → what the attempt brought. */
export function anthropicReply(message: Fields, now: Date): AttemptResult {
  if (message.error) return { ok: false, failure: anthropicFailure({ error: message }, now) }
  if (!Array.isArray(message.content)) throw new StreamBroken('it had any content')
  const blocks = listOf(message.content).map(fieldsOf)
  const usage = anthropicUsage(message.usage)
  const servedModel = textOf(message.model)
  const facts = { ...(usage && { usage }), ...(servedModel && { servedModel }) }
  const text = blocks.map(block => (block.type === 'text' ? textOf(block.text) : '')).join('')
  const said = withCarried(
    { text, toolCalls: callsIn(blocks) },
    ANTHROPIC,
    blocks.filter(canGoBack).map(asSent),
    reasoningIn(blocks, usage),
  )
  const failure = failureIn(message)
  return failure ? { ok: false, failure, message: said, ...facts } : { ok: true, message: said, ...facts }
}

function callsIn(blocks: readonly Fields[]): ModelToolCall[] {
  return blocks
    .filter(({ type }) => type === 'tool_use')
    .map(block => ({ callId: textOf(block.id), name: textOf(block.name), argumentsText: argumentsOf(block) }))
}

/** A call without arguments streams no text at all. */
function argumentsOf(block: Fields): string {
  return textOf(block.json) || JSON.stringify(block.input ?? {})
}

function isThinking({ type }: Fields): boolean {
  return type === 'thinking' || type === 'redacted_thinking'
}

/** The wire refuses blank text and thinking that was cut off before its signature. */
function canGoBack(block: Fields): boolean {
  if (block.type === 'text') return textOf(block.text).trim() !== ''
  return block.type !== 'thinking' || textOf(block.signature) !== ''
}

/** A call's input goes back as an object; its raw text is only kept here. */
function asSent(block: Fields): Fields {
  if (block.type !== 'tool_use') return block
  const { json: _, ...call } = block
  return { ...call, input: argumentsObject(argumentsOf(block)) }
}

function reasoningIn(blocks: readonly Fields[], usage: Usage | undefined): CarriedReasoning {
  const thinking = blocks.filter(isThinking)
  if (thinking.length === 0) return (usage?.reasoningTokens ?? 0) > 0 ? 'hidden' : 'none'
  return thinking.every(canGoBack) ? 'returned' : 'hidden'
}

function failureIn(message: Fields): ModelFailure | undefined {
  switch (message.stop_reason) {
    case 'max_tokens':
      return { class: 'truncated', message: 'the reply reached max_tokens' }
    case 'model_context_window_exceeded':
      return { class: 'context-overflow', message: 'the reply reached the end of the context window' }
    case 'refusal': {
      const explanation = textOf(fieldsOf(message.stop_details).explanation)
      return { class: 'refused', message: explanation || 'the model refused to continue' }
    }
    default:
      return undefined
  }
}

/** Anthropic's input count leaves out what was read from and written to the cache. */
function anthropicUsage(raw: unknown): Usage | undefined {
  const usage = fieldsOf(raw)
  const inputFreshTokens = countOf(usage.input_tokens)
  if (inputFreshTokens === undefined) return undefined
  const cacheReadTokens = countOf(usage.cache_read_input_tokens)
  const cacheWriteTokens = countOf(usage.cache_creation_input_tokens) ?? writtenIn(usage)
  const outputTokens = countOf(usage.output_tokens)
  const reasoningTokens = countOf(fieldsOf(usage.output_tokens_details).thinking_tokens)
  return {
    inputFreshTokens,
    ...(cacheReadTokens !== undefined && { cacheReadTokens }),
    ...(cacheWriteTokens !== undefined && { cacheWriteTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
    estimated: false,
    raw: raw as JsonValue,
  }
}

/** The writes by time to live, where only those are reported. */
function writtenIn(usage: Fields): number | undefined {
  const creation = fieldsOf(usage.cache_creation)
  const counts = [creation.ephemeral_5m_input_tokens, creation.ephemeral_1h_input_tokens].map(countOf)
  if (counts.every(count => count === undefined)) return undefined
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}
