import { type Fields, fieldsOf, textOf } from '../wire/read-json.ts'
import { StreamBroken } from '../wire/stream-broken.ts'

/** An unfinished content block. `json` is the raw text of a tool call's arguments, possibly malformed. */
type Block = Record<string, unknown> & { json?: string }

/**
 * Combines the events of a streamed message into the message that the wire would send without streaming, with the raw
 * text of each call's arguments as `json`: the SDK's own helper keeps only what parses.
 */
export async function gatherMessage(events: AsyncIterable<unknown>): Promise<Fields> {
  let message: Fields = {}
  let usage: Fields = {}
  const blocks = new Map<unknown, Block>()
  let isComplete = false
  try {
    for await (const value of events) {
      const event = fieldsOf(value)
      const { type, index } = event
      if (type === 'message_start') {
        message = fieldsOf(event.message)
        usage = fieldsOf(message.usage)
      } else if (type === 'content_block_start') {
        blocks.set(index, { ...fieldsOf(event.content_block) })
      } else if (type === 'content_block_delta') {
        addDelta(blocks.get(index), fieldsOf(event.delta))
      } else if (type === 'message_delta') {
        message = { ...message, ...fieldsOf(event.delta) }
        usage = { ...usage, ...reported(fieldsOf(event.usage)) }
      } else if (type === 'message_stop') isComplete = true
    }
  } catch (error) {
    if (!isComplete) throw error
  }
  if (!isComplete) throw new StreamBroken('the message was complete')
  return { ...message, content: [...blocks.values()], usage }
}

/** Counts in `message_delta` are totals of the whole message; those left out or null keep what came before. */
function reported(usage: Fields): Fields {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null && value !== undefined))
}

function addDelta(block: Block | undefined, delta: Fields): void {
  if (block === undefined) return
  if (delta.type === 'text_delta') block.text = textOf(block.text) + textOf(delta.text)
  else if (delta.type === 'input_json_delta') block.json = (block.json ?? '') + textOf(delta.partial_json)
  else if (delta.type === 'thinking_delta') block.thinking = textOf(block.thinking) + textOf(delta.thinking)
  else if (delta.type === 'signature_delta') block.signature = textOf(delta.signature)
}
