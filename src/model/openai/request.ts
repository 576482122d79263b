import type {
  FunctionTool,
  ResponseCreateParamsStreaming,
  ResponseInputItem,
} from 'openai/resources/responses/responses'
import { defined } from '../../base/defined.ts'
import { sha256 } from '../../base/digest.ts'
import type { AssistantMessage, ModelParameters, ModelRequest, WireTool } from '../../contracts/model.ts'
import { carriedItems } from '../wire/carried.ts'
import { joinParts } from '../wire/join-parts.ts'
import { type Turn, toTurns, type UserEntry } from '../wire/turns.ts'

export const OPENAI = 'openai'
const CACHE_KEY_CHARACTERS_MAX = 64

/** Models that answer a request for encrypted reasoning with HTTP 400. */
const WITHOUT_REASONING = /^(ft:)?(gpt-3|gpt-4|chatgpt-)|^gpt-5[.\d]*-chat/

/** The body of a stateless Responses request: the full input each time, nothing stored. */
export function openAIRequest(
  request: ModelRequest,
  model: string,
  { temperature, reasoningEffort, maxOutputTokens }: ModelParameters,
): ResponseCreateParamsStreaming {
  const { system, tools, parallelToolCalls, cacheKey } = request
  return {
    model,
    ...(system !== '' && { instructions: system }),
    input: toTurns(request.messages).flatMap(inputOf),
    ...(tools.length > 0 && { tools: tools.map(functionTool), parallel_tool_calls: parallelToolCalls }),
    store: false,
    stream: true,
    ...(!WITHOUT_REASONING.test(model) && { include: ['reasoning.encrypted_content' as const] }),
    prompt_cache_key: cacheKey.length > CACHE_KEY_CHARACTERS_MAX ? sha256(cacheKey) : cacheKey,
    ...defined({ temperature, max_output_tokens: maxOutputTokens }),
    // Each model has its own efforts: an unknown one is answered with a bad request that names the known ones.
    ...(reasoningEffort !== undefined && { reasoning: { effort: reasoningEffort as 'medium' } }),
  }
}

function functionTool({ name, description, inputSchema }: WireTool): FunctionTool {
  return { type: 'function', name, description, parameters: inputSchema, strict: false }
}

function inputOf(turn: Turn): ResponseInputItem[] {
  return turn.role === 'assistant' ? assistantItems(turn.message) : turn.entries.map(userItem)
}

function userItem(entry: UserEntry): ResponseInputItem {
  if (entry.kind === 'text') {
    return { type: 'message', role: 'user', content: [{ type: 'input_text', text: joinParts(entry.parts) }] }
  }
  const { callId, parts } = entry.result
  return { type: 'function_call_output', call_id: callId, output: joinParts(parts) }
}

function assistantItems(message: AssistantMessage): ResponseInputItem[] {
  const carried = carriedItems(message, OPENAI)
  if (carried?.isIntact) return [...carried.items] as ResponseInputItem[]
  const items: ResponseInputItem[] = message.toolCalls.map(({ callId, name, argumentsText }) => ({
    type: 'function_call',
    call_id: callId,
    name,
    arguments: argumentsText,
  }))
  if (message.text !== '') items.unshift({ role: 'assistant', content: message.text })
  return items
}
