import { z } from 'zod'
import type { JsonSchema } from '../contracts/json.ts'
import { suiteSchema } from './suite-schema.ts'

/** The JSON Schema of suite files, for editors; `suites/suite.schema.json` is its text. */
export function suiteJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(suiteSchema, { io: 'input' }) as JsonSchema
  return { $schema: schema.$schema ?? '', title: 'A scriptbench suite', ...schema }
}
