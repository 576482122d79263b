import { asObject } from '../../base/json-fields.ts'
import type { Clock } from '../../contracts/clock.ts'
import type { JsonObject } from '../../contracts/json.ts'
import type { ModelParameters } from '../../contracts/model.ts'
import { openAIClient } from '../openai/client.ts'
import { openAIFailure } from '../openai/failure.ts'
import { isJson, lazily } from '../wire/sdk.ts'
import type { Wire } from '../wire/wire-provider.ts'
import { chatReply } from './reply.ts'
import { CHAT, chatRequest } from './request.ts'
import { gatherChat } from './stream.ts'

export interface ChatOptions {
  model: string
  baseURL: string
  parameters: ModelParameters
  /** Local servers need none, but the client requires a value. */
  apiKey?: string
  /** Off by default: streamed tool calls are where compatible servers differ most. */
  isStreamed: boolean
  clock: Clock
}

/** Chat Completions, as Ollama, vLLM, llama.cpp and OpenRouter speak it. */
export function chatWire({ model, baseURL, parameters, apiKey, isStreamed, clock }: ChatOptions): Wire {
  const client = lazily(() => openAIClient({ apiKey: apiKey ?? 'none', baseURL }))
  return {
    name: CHAT,
    classify: openAIFailure,
    async prepare(request) {
      const { completions } = (await client()).chat
      const body = chatRequest(request, model, parameters)
      const whole = async (signal: AbortSignal): Promise<JsonObject> =>
        asObject(await completions.create({ ...body, stream: false }, { signal }))
      const streamed = async (signal: AbortSignal): Promise<JsonObject> => {
        const { data, response } = await completions
          .create({ ...body, stream: true, stream_options: { include_usage: true } }, { signal })
          .withResponse()
        return isJson(response) ? asObject(await response.json()) : gatherChat(data)
      }
      return { send: async signal => chatReply(await (isStreamed ? streamed : whole)(signal), clock.date()) }
    },
  }
}
