import { asList, asObject, asText } from '../../base/json-fields.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import { StreamBroken } from '../wire/stream-broken.ts'
import { REASONING_FIELDS } from './reply.ts'

interface CallInParts {
  id: string
  name: string
  arguments: string
}

/** Combines the chunks of a streamed chat completion into the object that the server would send without streaming. */
export async function gatherChat(chunks: AsyncIterable<unknown>): Promise<JsonObject> {
  const calls = new Map<unknown, CallInParts>()
  const message: JsonObject = {}
  let finishReason: JsonValue | undefined
  let model = ''
  let usage: JsonValue = null
  try {
    for await (const chunk of chunks) {
      const fields = asObject(chunk)
      model = asText(fields.model) || model
      usage = fields.usage ?? usage
      const choice = asObject(asList(fields.choices)[0])
      finishReason = choice.finish_reason ?? finishReason
      const delta = asObject(choice.delta)
      for (const name of ['content', 'refusal', ...REASONING_FIELDS]) append(message, name, delta[name])
      for (const part of asList(delta.tool_calls)) addCallPart(calls, asObject(part))
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

function append(message: JsonObject, name: string, value: JsonValue | undefined): void {
  if (typeof value === 'string') message[name] = asText(message[name]) + value
  else if (Array.isArray(value)) message[name] = [...asList(message[name]), ...value]
}

/** A part without an index is a whole call, or continues the last one when it has no id either. */
function addCallPart(calls: Map<unknown, CallInParts>, part: JsonObject): void {
  const id = asText(part.id)
  const key = part.index ?? (id || [...calls.keys()].at(-1) || 'first')
  const call = calls.get(key) ?? { id: '', name: '', arguments: '' }
  const { name, arguments: args } = asObject(part.function)
  call.id ||= id
  call.name ||= asText(name)
  call.arguments += typeof args === 'string' ? args : args ? JSON.stringify(args) : ''
  calls.set(key, call)
}
