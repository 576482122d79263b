import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  TextBlockParam,
  Tool,
  ToolResultBlockParam,
} from '@anthropic-ai/sdk/resources/messages'
import type { AssistantMessage, ModelParameters, ModelRequest, ToolResultPart } from '../../contracts/model.ts'
import { type DraftBlock, type DraftMessage, withBreakpoints } from '../wire/cache-breakpoints.ts'
import { carriedItems } from '../wire/carried.ts'
import { joinParts } from '../wire/join-parts.ts'
import { argumentsObject } from '../wire/tool-arguments.ts'
import { type Turn, toTurns, type UserEntry } from '../wire/turns.ts'
import { anthropicThinking } from './thinking.ts'

export const ANTHROPIC = 'anthropic'
/** The wire requires a limit. Streamed, so that no client times out on a long reply. */
export const OUTPUT_TOKENS_DEFAULT = 32_000

const CACHED = { cache_control: { type: 'ephemeral' } } as const

/** The body of a Messages request. */
export function anthropicRequest(
  request: ModelRequest,
  model: string,
  parameters: ModelParameters,
): MessageCreateParamsStreaming {
  const { system, parallelToolCalls } = request
  const { reasoningEffort, maxOutputTokens = OUTPUT_TOKENS_DEFAULT } = parameters
  const tools = request.tools.map(
    ({ name, description, inputSchema }): Tool => ({
      name,
      description,
      input_schema: inputSchema as Tool['input_schema'],
    }),
  )
  const lastTool = tools.at(-1)
  if (system === '' && lastTool) Object.assign(lastTool, CACHED)
  const messages = withBreakpoints(
    toTurns(request.messages)
      .map(draftOf)
      .filter(({ blocks }) => blocks.length > 0),
  )
  return {
    model,
    max_tokens: maxOutputTokens,
    stream: true,
    ...(system !== '' && { system: [{ type: 'text', text: system, ...CACHED }] }),
    ...(tools.length > 0 && { tools, tool_choice: { type: 'auto', disable_parallel_tool_use: !parallelToolCalls } }),
    messages: messages.map(({ role, blocks }) => ({ role, content: blocks.map(({ block }) => block) })),
    ...anthropicThinking(reasoningEffort, model, maxOutputTokens),
  }
}

function draftOf(turn: Turn): DraftMessage {
  if (turn.role === 'user') return { role: 'user', blocks: userBlocks(turn.entries) }
  return { role: 'assistant', blocks: assistantBlocks(turn.message).map(block => ({ block, moves: false })) }
}

/** Results first: the wire refuses text between calls and their results. One block per part, so that a stable part can be cached. */
function userBlocks(entries: readonly UserEntry[]): DraftBlock[] {
  const results: DraftBlock[] = []
  const texts: DraftBlock[] = []
  for (const entry of entries) {
    if (entry.kind === 'result') {
      results.push({ block: resultBlock(entry.result), moves: entry.result.parts.some(part => part.moves) })
      continue
    }
    for (const { text, moves = false } of entry.parts) {
      if (text.trim() !== '') texts.push({ block: { type: 'text', text }, moves })
    }
  }
  return [...results, ...texts]
}

function resultBlock({ callId, parts, isError }: ToolResultPart): ToolResultBlockParam {
  const text = joinParts(parts)
  return {
    type: 'tool_result',
    tool_use_id: callId,
    ...(text.trim() !== '' && { content: text }),
    ...(isError && { is_error: true }),
  }
}

/** Thinking always goes back; the rest is rewritten when the message no longer matches the blocks. */
function assistantBlocks(message: AssistantMessage): ContentBlockParam[] {
  const carried = carriedItems(message, ANTHROPIC)
  const blocks = (carried?.items ?? []) as readonly ContentBlockParam[]
  if (carried?.isIntact) return [...blocks]
  const thinking = blocks.filter(({ type }) => type === 'thinking' || type === 'redacted_thinking')
  const texts: TextBlockParam[] = message.text.trim() === '' ? [] : [{ type: 'text', text: message.text }]
  const calls = message.toolCalls.map(
    ({ callId, name, argumentsText }): ContentBlockParam => ({
      type: 'tool_use',
      id: callId,
      name,
      input: argumentsObject(argumentsText),
    }),
  )
  const said = [...texts, ...calls]
  return said.length > 0 ? [...thinking, ...said] : []
}
