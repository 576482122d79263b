import { asObject, asText } from '../../base/json-fields.ts'
import type { JsonObject } from '../../contracts/json.ts'
import { StreamBroken } from '../wire/stream-broken.ts'

/** An unfinished content block. `json` is the raw text of a tool call's arguments, possibly malformed. */
type Block = JsonObject & { json?: string }

/**
 * Combines the events of a streamed message into the message that the wire would send without streaming, with the raw
 * text of each call's arguments as `json`: the SDK's own helper keeps only what parses.
 */
export async function gatherMessage(events: AsyncIterable<unknown>): Promise<JsonObject> {
  let message: JsonObject = {}
  let usage: JsonObject = {}
  const blocks = new Map<unknown, Block>()
  let isComplete = false
  try {
    for await (const value of events) {
      const event = asObject(value)
      const { type, index } = event
      if (type === 'message_start') {
        message = asObject(event.message)
        usage = asObject(message.usage)
      } else if (type === 'content_block_start') {
        blocks.set(index, { ...asObject(event.content_block) })
      } else if (type === 'content_block_delta') {
        addDelta(blocks.get(index), asObject(event.delta))
      } else if (type === 'message_delta') {
        message = { ...message, ...asObject(event.delta) }
        usage = { ...usage, ...reported(asObject(event.usage)) }
      } else if (type === 'message_stop') isComplete = true
    }
  } catch (error) {
    if (!isComplete) throw error
  }
  if (!isComplete) throw new StreamBroken('the message was complete')
  return { ...message, content: [...blocks.values()], usage }
}

/** Counts in `message_delta` are totals of the whole message; those left out or null keep what came before. */
function reported(usage: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null && value !== undefined))
}

function addDelta(block: Block | undefined, delta: JsonObject): void {
  if (block === undefined) return
  if (delta.type === 'text_delta') block.text = asText(block.text) + asText(delta.text)
  else if (delta.type === 'input_json_delta') block.json = (block.json ?? '') + asText(delta.partial_json)
  else if (delta.type === 'thinking_delta') block.thinking = asText(block.thinking) + asText(delta.thinking)
  else if (delta.type === 'signature_delta') block.signature = asText(delta.signature)
}
