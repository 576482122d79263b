import { digestOf } from '../../base/digest.ts'
import { asList, asObject } from '../../base/json-fields.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { AssistantMessage, Message } from '../../contracts/model.ts'

/** `returned`: reasoning is among the items; `hidden`: there was some, but the wire returned nothing that can be sent back. */
export type CarriedReasoning = 'none' | 'returned' | 'hidden'

type Said = Pick<AssistantMessage, 'text' | 'toolCalls'>

/** A message with a provider's own items, sealed to what it said, so that they never override an edited message. */
export function withCarried(
  said: Said,
  provider: string,
  items: unknown[],
  reasoning: CarriedReasoning,
): AssistantMessage {
  const message: AssistantMessage = { role: 'assistant', text: said.text, toolCalls: said.toolCalls }
  if (items.length === 0 && reasoning === 'none') return message
  return { ...message, carried: { provider, digest: sealOf(said), reasoning, items: items as JsonValue[] } }
}

function sealOf({ text, toolCalls }: Said): string {
  return digestOf({ text, toolCalls })
}

/** The items of this provider, with whether they still say what the message says; undefined when there are none. */
export function carriedItems(
  message: AssistantMessage,
  provider: string,
): { items: readonly unknown[]; isIntact: boolean } | undefined {
  const carried = asObject(message.carried)
  const items = asList(carried.items)
  if (carried.provider !== provider || items.length === 0) return undefined
  return { items, isIntact: carried.digest === sealOf(message) }
}

/** Whether all earlier reasoning goes back verbatim; undefined when there was none. */
export function isReasoningCarried(messages: readonly Message[], provider: string): boolean | undefined {
  let isCarried: boolean | undefined
  for (const message of messages) {
    if (message.role !== 'assistant') continue
    const { reasoning } = asObject(message.carried)
    if (reasoning !== 'returned' && reasoning !== 'hidden') continue
    const isReturned = reasoning === 'returned' && carriedItems(message, provider)?.isIntact === true
    isCarried = (isCarried ?? true) && isReturned
  }
  return isCarried
}
