import { defined } from '../../base/defined.ts'
import { MODEL_FORMS } from '../../contracts/model-forms.ts'
import { baseURLFrom, requiredKey, variable } from '../environment.ts'
import type { FromEnvironment, WireWithSecrets } from '../wire/from-environment.ts'

import { openAIWire } from './wire.ts'

const { service } = MODEL_FORMS.openai

/** OpenAI's wire, with key and connection from the user's variables. */
export function openAIFromEnvironment(options: FromEnvironment & { model: string }): WireWithSecrets {
  const { clock, entry, environment, model } = options
  const apiKey = requiredKey(environment, service.key, entry.spec)
  const connection = defined({
    apiKey,
    baseURL: baseURLFrom(environment, service.baseURL),
    organization: variable(environment, 'OPENAI_ORG_ID'),
    project: variable(environment, 'OPENAI_PROJECT_ID'),
  })
  return { wire: openAIWire({ model, parameters: entry.parameters, clock, ...connection }), secrets: [apiKey] }
}
