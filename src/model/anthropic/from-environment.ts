import { defined } from '../../base/defined.ts'
import { MODEL_FORMS } from '../../contracts/model-forms.ts'
import { baseURLFrom, requiredKey } from '../environment.ts'
import type { FromEnvironment, WireWithSecrets } from '../wire/from-environment.ts'

import { anthropicWire } from './wire.ts'

const { service } = MODEL_FORMS.anthropic

/** Anthropic's wire, with key and connection from the user's variables. */
export function anthropicFromEnvironment(options: FromEnvironment & { model: string }): WireWithSecrets {
  const { clock, entry, environment, model } = options
  const apiKey = requiredKey(environment, service.key, entry.spec)
  const connection = defined({ apiKey, baseURL: baseURLFrom(environment, service.baseURL) })
  return { wire: anthropicWire({ model, parameters: entry.parameters, clock, ...connection }), secrets: [apiKey] }
}
