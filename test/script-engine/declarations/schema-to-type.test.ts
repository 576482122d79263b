import fc from 'fast-check'
import ts from 'typescript-5.9'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { JsonSchema, JsonValue } from '../../../src/contracts/json.ts'
import { schemaToType } from '../../../src/script-engine/declarations/schema-to-type.ts'

const jsonSchemaOf = (type: z.ZodType) => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as JsonSchema
const onOneLine = (schema: JsonSchema) => schemaToType(schema).replace(/\s+/g, ' ')

/** What TypeScript's own parser says of a type. */
function syntaxErrorsOf(type: string): string[] {
  const options = { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022 } }
  const { diagnostics = [] } = ts.transpileModule(`type T = ${type}\n`, options)
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const Folder = z.object({
  name: z.string(),
  get folders() {
    return z.array(Folder).optional()
  },
})
const Left = z.object({
  get right() {
    return Right.optional()
  },
})
const Right = z.object({
  get left() {
    return Left.nullable()
  },
})

test.each([
  [z.string(), 'string'],
  [z.int(), 'number'],
  [z.enum(['a', 'b']), '"a" | "b"'],
  [z.literal(3), '3'],
  [z.literal([1, 'one', null]), '1 | "one" | null'],
  [z.array(z.union([z.string(), z.null()])), '(string | null)[]'],
  [z.array(z.object({ a: z.string() }).nullable()), '({ a: string } | null)[]'],
  [z.array(z.object({ a: z.string() })), '{ a: string }[]'],
  [z.array(z.enum(['a'])), '"a"[]'],
  [z.tuple([z.string(), z.number()]), '[string, number]'],
  [z.tuple([z.string(), z.union([z.number(), z.null()]).optional()]), '[string, (number | null)?]'],
  [z.tuple([z.string()]).rest(z.union([z.number(), z.boolean()])), '[string, ...(number | boolean)[]]'],
  [z.record(z.string(), z.number()), 'Record<string, number>'],
  [z.record(z.enum(['a', 'b']), z.number()), 'Record<"a" | "b", number>'],
  [z.partialRecord(z.enum(['a', 'b']), z.number()), 'Partial<Record<"a" | "b", number>>'],
  [z.object({ a: z.string(), 'b-c': z.boolean().optional() }), '{ a: string "b-c"?: boolean }'],
  [z.looseObject({ a: z.string() }), '{ a: string }'],
  [z.object({ a: z.string() }).catchall(z.number()), '{ a: string [key: string]: unknown }'],
  [z.object({ a: z.number().default(3).describe('How many.') }), '{ /** How many. Default: 3. */ a?: number }'],
  [
    z.discriminatedUnion('k', [z.object({ k: z.literal('x') }), z.object({ k: z.literal('y') })]),
    '{ k: "x" } | { k: "y" }',
  ],
  [z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })), '{ a: string b: string }'],
  [z.lazy(() => z.string()), 'string'],
  [z.any(), 'unknown'],
  [z.date(), 'unknown'],
])('a type for schema %#', (schema, expected) => {
  const json = jsonSchemaOf(schema)
  expect(onOneLine(json)).toBe(expected)
  expect(syntaxErrorsOf(schemaToType(json))).toEqual([])
})

test.each<[JsonSchema, string]>([
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ type: 'string', nullable: true }, 'string | null'],
  [{ allOf: [{ type: 'string' }, { enum: ['a', 'b'] }] }, 'string & ("a" | "b")'],
  [{ type: 'array', items: { allOf: [{ type: 'string' }, { type: 'number' }] } }, '(string & number)[]'],
  [{ properties: { a: { $ref: '#/$defs/a%2Fb~1c' } }, $defs: { 'a/b/c': { type: 'boolean' } } }, '{ a?: boolean }'],
  [{ $ref: '#/$defs/%ff' }, 'unknown'],
  [{ $ref: 'https://example.org/schema' }, 'unknown'],
  [{ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } }, 'unknown'],
  [{ enum: [{ a: 1 }, 'b'] }, 'unknown'],
  [{ not: {} }, 'unknown'],
  [{ anyOf: [] }, 'unknown'],
  [{ type: 'object', properties: { never: false } as never }, '{ never?: never }'],
])('a type for %j', (schema, expected) => {
  expect(onOneLine(schema)).toBe(expected)
})

test.each([
  ['itself', Folder, /folders/g],
  ['itself through another', Left, /left/g],
])('a schema that leads back to %s stops at a bound', (_name, schema, inner) => {
  const text = schemaToType(jsonSchemaOf(schema))
  expect(text.match(inner)?.length).toBeLessThanOrEqual(3)
  expect(text).toContain('unknown')
  expect(syntaxErrorsOf(text)).toEqual([])
})

test('schemas that all lead to each other stay small', () => {
  const names = Array.from({ length: 20 }, (_, index) => `d${index}`)
  const properties = Object.fromEntries(names.map(name => [name, { $ref: `#/$defs/${name}` }]))
  const $defs = Object.fromEntries(names.map(name => [name, { type: 'object', properties }]))
  const text = schemaToType({ type: 'object', properties, $defs })
  expect(text.length).toBeLessThan(100_000)
  expect(text).toContain('d19?:')
  expect(syntaxErrorsOf(text)).toEqual([])
})

test.each<[string, JsonSchema]>([
  ['10 000 properties', { properties: Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => [`p${i}`, {}])) }],
  ['10 000 values', { enum: Array.from({ length: 1e4 }, (_, index) => `value ${index}`) }],
  ['10 000 choices', { anyOf: Array.from({ length: 1e4 }, (_, index) => ({ const: index })) }],
  ['10 000 members', { type: 'array', prefixItems: Array.from({ length: 1e4 }, () => ({ type: 'string' })) }],
  ['10 000 levels', { type: 'array', items: nested(1e4) }],
])('%s are cut, and what is left is right', (_name, schema) => {
  const text = schemaToType(schema)
  expect(text.length).toBeLessThan(10_000)
  expect(syntaxErrorsOf(text)).toEqual([])
})

function nested(levels: number): JsonSchema {
  let schema: JsonSchema = { type: 'string' }
  for (let level = 0; level < levels; level++) schema = { type: 'array', items: schema }
  return schema
}

test('descriptions and names cannot leave their comment or their quotes', () => {
  const text = schemaToType({
    type: 'object',
    properties: {
      'a"; }': { type: 'string', description: 'ends */ here */', default: '*/' },
      __proto__x: { const: '"\n`${' },
      'line\nbreak': { enum: ["it's", '\u2028', '\\'] },
      größe: { type: 'number', description: 'one\n\n*/ two' },
      '': {},
      '1a': {},
    },
  })
  expect(syntaxErrorsOf(text)).toEqual([])
  expect(text.match(/\*\//g)).toHaveLength(2)
})

test('whatever the schema, the type is bounded and TypeScript', () => {
  const name = fc.constantFrom('type', 'properties', 'items', 'anyOf', 'allOf', 'enum', 'const', '$ref', 'required')
  const word = fc.constantFrom<JsonValue>('string', 'object', 'array', '#', '#/properties/a', null, true, '*/', -1e21)
  const { schema } = fc.letrec<{ schema: JsonValue }>(tie => ({
    schema: fc.oneof(
      { maxDepth: 5 },
      word,
      fc.array(tie('schema'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(name, fc.string({ maxLength: 4 })), tie('schema'), { maxKeys: 5 }),
    ),
  }))
  fc.assert(
    fc.property(fc.dictionary(name, schema, { maxKeys: 5 }), given => {
      const text = schemaToType(given)
      expect(text.length).toBeLessThan(200_000)
      expect(syntaxErrorsOf(text), text).toEqual([])
    }),
    { numRuns: 300 },
  )
})
