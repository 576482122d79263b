import { asObject } from '../../base/json-fields.ts'
import type { Clock } from '../../contracts/clock.ts'
import { UserError } from '../../contracts/errors.ts'
import type { ModelParameters } from '../../contracts/model.ts'
import { isJson, lazily } from '../wire/sdk.ts'
import type { Wire } from '../wire/wire-provider.ts'
import { anthropicFailure } from './failure.ts'
import { anthropicReply } from './reply.ts'
import { ANTHROPIC, anthropicRequest, OUTPUT_TOKENS_DEFAULT } from './request.ts'
import { gatherMessage } from './stream.ts'
import { anthropicThinking } from './thinking.ts'

export interface AnthropicOptions {
  model: string
  parameters: ModelParameters
  apiKey: string
  baseURL?: string
  clock: Clock
}

/** Anthropic's Messages API, streamed. Throws a `UserError` for parameters the wire cannot express. */
export function anthropicWire({ model, parameters, apiKey, baseURL, clock }: AnthropicOptions): Wire {
  checkParameters(model, parameters)
  const client = lazily(async () => {
    const { Anthropic } = await import('@anthropic-ai/sdk')
    return new Anthropic({ apiKey, baseURL: baseURL ?? 'https://api.anthropic.com', maxRetries: 0, logLevel: 'off' })
  })
  return {
    name: ANTHROPIC,
    classify: anthropicFailure,
    async prepare(request) {
      const { messages } = await client()
      const body = anthropicRequest(request, model, parameters)
      return {
        async send(signal) {
          const { data, response } = await messages.create(body, { signal }).withResponse()
          return anthropicReply(
            isJson(response) ? asObject(await response.json()) : await gatherMessage(data),
            clock.date(),
          )
        },
      }
    },
  }
}

function checkParameters(model: string, { temperature, reasoningEffort, maxOutputTokens }: ModelParameters): void {
  anthropicThinking(reasoningEffort, model, maxOutputTokens ?? OUTPUT_TOKENS_DEFAULT)
  if (temperature === undefined) return
  throw new UserError(
    'suite-invalid',
    `anthropic/${model}: temperature: not supported by Anthropic's API since version 2026-10-21. Remove it; you can set reasoningEffort instead.`,
  )
}
