import { type ZodType, z } from 'zod'
import type { JsonSchema } from '../contracts/json.ts'

/** A zod schema as plain JSON Schema (draft 2020-12), closed: what is not listed is not accepted. */
export function schemaOf(schema: ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'object') jsonSchema.additionalProperties ??= false
    },
  })
  return rest as JsonSchema
}

/** The same schema, refusing fields it does not list: a mistyped option must not be dropped in silence. */
export function closed<Value>(schema: ZodType<Value>): ZodType<Value> {
  return schema instanceof z.ZodObject ? (schema.strict() as unknown as ZodType<Value>) : schema
}
