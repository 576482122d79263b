import type { ModelRequest } from '../../src/contracts/model.ts'
import { anthropicRequest } from '../../src/model/anthropic/request.ts'
import { chatRequest } from '../../src/model/chat/request.ts'
import { openAIRequest } from '../../src/model/openai/request.ts'

export const WIRES = ['openai', 'openai-compatible', 'anthropic'] as const
export type Wire = (typeof WIRES)[number]

/** One text of a request's body, in the order in which a model reads them. */
export interface Slot {
  /** The wire's name for what contains the text. */
  kind: string
  text: string
  /** The message of the wire that the thing belongs to. */
  message: number
  isCacheBreakpoint: boolean
}

/** The body that is really sent. */
export function bodyOf(wire: Wire, request: ModelRequest): object {
  if (wire === 'openai') return openAIRequest(request, 'm', {})
  return wire === 'anthropic' ? anthropicRequest(request, 'm', {}) : chatRequest(request, 'm', {})
}

/** The history's part of a body, as bytes; Anthropic's cache marks are taken out, as they are not part of the prefix. */
export function historyBytes(wire: Wire, request: ModelRequest): string {
  const body = bodyOf(wire, request) as Record<string, unknown>
  const history = JSON.stringify(body[wire === 'openai' ? 'input' : 'messages'], (key, value) =>
    key === 'cache_control' ? undefined : value,
  )
  return history.slice(0, -1)
}

type Fields = Record<string, unknown>

export function slotsOf(wire: Wire, request: ModelRequest): Slot[] {
  const body = bodyOf(wire, request) as Fields
  const messages = (wire === 'openai' ? body.input : body.messages) as Fields[]
  return messages.flatMap((message, index) => {
    if (wire === 'openai') return openAISlots(message, index)
    return wire === 'anthropic' ? anthropicSlots(message, index) : chatSlots(message, index)
  })
}

function openAISlots(item: Fields, message: number): Slot[] {
  const slot = { message, isCacheBreakpoint: false }
  if (item.type === 'function_call_output')
    return [{ ...slot, kind: 'function_call_output', text: String(item.output) }]
  if (item.type === 'function_call') return [{ ...slot, kind: 'function_call', text: String(item.arguments) }]
  const content = Array.isArray(item.content)
    ? (item.content as Fields[]).map(part => part.text).join('')
    : item.content
  return [{ ...slot, kind: `${item.role} message`, text: String(content) }]
}

function chatSlots({ role, content }: Fields, message: number): Slot[] {
  return [{ kind: `${role} message`, text: String(content ?? ''), message, isCacheBreakpoint: false }]
}

function anthropicSlots({ content }: Fields, message: number): Slot[] {
  return (content as Fields[]).map(block => ({
    kind: block.type === 'tool_result' ? 'tool_result block' : 'text block',
    text: String(block.content ?? block.text ?? JSON.stringify(block.input)),
    message,
    isCacheBreakpoint: 'cache_control' in block,
  }))
}
