import { defined } from '../../base/defined.ts'
import { optionalKey, variable } from '../environment.ts'
import type { FromEnvironment, WireWithSecrets } from '../wire/from-environment.ts'

import { chatWire } from './wire.ts'

/** A compatible server's wire; the key is optional. */
export function chatFromEnvironment(options: FromEnvironment & { model: string; baseURL: string }): WireWithSecrets {
  const { baseURL, clock, entry, environment, model } = options
  const apiKey = optionalKey(environment, 'OPENAI_COMPATIBLE_API_KEY', entry.spec)
  const isStreamed = variable(environment, 'OPENAI_COMPATIBLE_STREAM') === '1'
  const { parameters } = entry
  const wire = chatWire({ model, baseURL, parameters, isStreamed, clock, ...defined({ apiKey }) })
  return { wire, secrets: apiKey === undefined ? [] : [apiKey] }
}
