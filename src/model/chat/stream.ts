import { type Fields, fieldsOf, listOf, textOf } from '../wire/read-json.ts'
import { StreamBroken } from '../wire/stream-broken.ts'
import { REASONING_FIELDS } from './reply.ts'

interface CallInParts {
  id: string
  name: string
  arguments: string
}

/** Combines the chunks of a streamed chat completion into the object that the server would send without streaming. */
export async function gatherChat(chunks: AsyncIterable<unknown>): Promise<Fields> {
  const calls = new Map<unknown, CallInParts>()
  const message: Record<string, unknown> = {}
  let finishReason: unknown
  let model = ''
  let usage: unknown
  try {
    for await (const chunk of chunks) {
      const fields = fieldsOf(chunk)
      model = textOf(fields.model) || model
      usage = fields.usage ?? usage
      const choice = fieldsOf(listOf(fields.choices)[0])
      finishReason = choice.finish_reason ?? finishReason
      const delta = fieldsOf(choice.delta)
      for (const name of ['content', 'refusal', ...REASONING_FIELDS]) append(message, name, delta[name])
      for (const part of listOf(delta.tool_calls)) addCallPart(calls, fieldsOf(part))
    }
  } catch (error) {
    if (!finishReason) throw error
  }
  if (!finishReason) throw new StreamBroken('a finish reason')
  const toolCalls = [...calls.values()].map(({ id, name, arguments: args }) => ({
    id,
    function: { name, arguments: args },
  }))
  return { model, usage, choices: [{ finish_reason: finishReason, message: { ...message, tool_calls: toolCalls } }] }
}

function append(message: Record<string, unknown>, name: string, value: unknown): void {
  if (typeof value === 'string') message[name] = textOf(message[name]) + value
  else if (Array.isArray(value)) message[name] = [...listOf(message[name]), ...value]
}

/** A part without an index is a whole call, or continues the last one when it has no id either. */
function addCallPart(calls: Map<unknown, CallInParts>, part: Fields): void {
  const id = textOf(part.id)
  const key = part.index ?? (id || [...calls.keys()].at(-1) || 'first')
  const call = calls.get(key) ?? { id: '', name: '', arguments: '' }
  const { name, arguments: args } = fieldsOf(part.function)
  call.id ||= id
  call.name ||= textOf(name)
  call.arguments += typeof args === 'string' ? args : args ? JSON.stringify(args) : ''
  calls.set(key, call)
}
