import type {
  ChatCompletionCreateParamsBase,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions/completions'
import { defined } from '../../base/defined.ts'
import { asObject } from '../../base/json-fields.ts'
import type { AssistantMessage, ModelParameters, ModelRequest, TextPart } from '../../contracts/model.ts'
import { carriedItems } from '../wire/carried.ts'
import { joinParts } from '../wire/join-parts.ts'
import { argumentsObject } from '../wire/tool-arguments.ts'
import { type Turn, toTurns } from '../wire/turns.ts'

export const CHAT = 'openai-compatible'

/**
 * The body of a Chat Completions request, without anything that only OpenAI's own servers know:
 * `max_tokens` rather than its successor, no cache key.
 */
export function chatRequest(
  request: ModelRequest,
  model: string,
  { temperature, reasoningEffort, maxOutputTokens }: ModelParameters,
): ChatCompletionCreateParamsBase {
  const { system, tools, parallelToolCalls } = request
  const messages = toTurns(request.messages).flatMap(messagesOf)
  return {
    model,
    messages: system === '' ? messages : [{ role: 'system', content: system }, ...messages],
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, inputSchema }) => ({
        type: 'function' as const,
        function: { name, description, parameters: inputSchema },
      })),
      parallel_tool_calls: parallelToolCalls,
    }),
    ...defined({
      temperature,
      max_tokens: maxOutputTokens,
      reasoning_effort: reasoningEffort as 'medium' | undefined,
    }),
  }
}

/** Results come right after the calls; all user text of a turn follows as one message, as chat templates expect. */
function messagesOf(turn: Turn): ChatCompletionMessageParam[] {
  if (turn.role === 'assistant') return [assistantMessage(turn.message)]
  const messages: ChatCompletionMessageParam[] = []
  const texts: TextPart[] = []
  for (const entry of turn.entries) {
    if (entry.kind === 'text') texts.push(...entry.parts)
    else messages.push({ role: 'tool', tool_call_id: entry.result.callId, content: joinParts(entry.result.parts) })
  }
  if (texts.length > 0) messages.push({ role: 'user', content: joinParts(texts) })
  return messages
}

function assistantMessage(message: AssistantMessage): ChatCompletionMessageParam {
  const carried = carriedItems(message, CHAT)
  const reasoning = carried?.isIntact ? asObject(carried.items[0]) : {}
  const calls = message.toolCalls.map(({ callId, name, argumentsText }) => ({
    id: callId,
    type: 'function' as const,
    // Chat templates parse the arguments: on several servers, invalid JSON fails the whole request.
    function: { name, arguments: JSON.stringify(argumentsObject(argumentsText)) },
  }))
  if (calls.length === 0) return { ...reasoning, role: 'assistant', content: message.text }
  return { ...reasoning, role: 'assistant', content: message.text === '' ? null : message.text, tool_calls: calls }
}
