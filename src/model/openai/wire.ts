import { asList, asObject, asText } from '../../base/json-fields.ts'
import type { Clock } from '../../contracts/clock.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { ModelParameters } from '../../contracts/model.ts'
import { isJson, lazily } from '../wire/sdk.ts'
import { StreamBroken } from '../wire/stream-broken.ts'
import type { Wire } from '../wire/wire-provider.ts'
import { type OpenAIConnection, openAIClient } from './client.ts'
import { openAIFailure } from './failure.ts'
import { openAIReply } from './reply.ts'
import { OPENAI, openAIRequest } from './request.ts'

export interface OpenAIOptions extends OpenAIConnection {
  model: string
  parameters: ModelParameters
  clock: Clock
}

const LAST_EVENTS: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed'])

/** OpenAI's Responses API, streamed. */
export function openAIWire({ model, parameters, clock, ...connection }: OpenAIOptions): Wire {
  const client = lazily(() => openAIClient(connection))
  return {
    name: OPENAI,
    classify: openAIFailure,
    async prepare(request) {
      const { responses } = await client()
      const body = openAIRequest(request, model, parameters)
      return {
        async send(signal) {
          const { data, response } = await responses.create(body, { signal }).withResponse()
          return openAIReply(
            isJson(response) ? asObject(await response.json()) : await lastResponse(data),
            clock.date(),
          )
        },
      }
    },
  }
}

/** The last event has the whole response; where a server leaves its output empty, the finished items fill it. */
async function lastResponse(events: AsyncIterable<unknown>): Promise<JsonObject> {
  const finished: JsonValue[] = []
  let last: JsonObject | undefined
  try {
    // Read to the very end, so that the connection can serve the next request.
    for await (const event of events) {
      const { type, item, response } = asObject(event)
      if (type === 'response.output_item.done') finished.push(item ?? null)
      if (LAST_EVENTS.has(asText(type))) last = asObject(response)
    }
  } catch (error) {
    if (last === undefined) throw error
  }
  if (last === undefined) throw new StreamBroken('the response was complete')
  const output = asList(last.output)
  return { ...last, output: output.length > 0 ? output : finished }
}
