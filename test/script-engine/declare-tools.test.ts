import { expect, test } from 'vitest'
import { z } from 'zod'
import type { JsonSchema } from '../../src/contracts/json.ts'
import { declareTools } from '../../src/script-engine/declare-tools.ts'
import { prepareScript } from '../../src/script-engine/prepare-script.ts'
import { schemaToType } from '../../src/script-engine/schema-to-type.ts'

const typeOf = (type: z.ZodType) =>
  schemaToType(z.toJSONSchema(type, { io: 'input' }) as JsonSchema).replace(/\s+/g, ' ')

test.each([
  [z.string(), 'string'],
  [z.int(), 'number'],
  [z.enum(['a', 'b']), '"a" | "b"'],
  [z.literal(3), '3'],
  [z.array(z.union([z.string(), z.null()])), '(string | null)[]'],
  [z.tuple([z.string(), z.number()]), '[string, number]'],
  [z.record(z.string(), z.number()), 'Record<string, number>'],
  [z.object({ a: z.string(), 'b-c': z.boolean().optional() }), '{ a: string "b-c"?: boolean }'],
  [z.object({ a: z.number().default(3).describe('How many.') }), '{ /** How many. Default: 3. */ a?: number }'],
  [
    z.discriminatedUnion('k', [z.object({ k: z.literal('x') }), z.object({ k: z.literal('y') })]),
    '{ k: "x" } | { k: "y" }',
  ],
  [z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })), '{ a: string b: string }'],
  [z.any(), 'unknown'],
])('a type for schema %#', (schema, expected) => {
  expect(typeOf(schema)).toBe(expected)
})

test('a schema that leads back to itself stops at a bound', () => {
  const Node = z.object({
    get children() {
      return z.array(Node)
    },
  })
  const text = typeOf(Node)
  expect(text.match(/children/g)?.length).toBeLessThanOrEqual(3)
  expect(text).toContain('unknown')
})

test('the declarations of tools, context, console and errors', () => {
  const text = declareTools([
    {
      name: 'readFile',
      description: 'Reads a file.\nNot */ a folder.',
      inputSchema: {
        type: 'object',
        properties: { path: { type: 'string', description: 'Where.' } },
        required: ['path'],
      },
      resultSchema: {
        type: 'object',
        properties: { lines: { type: 'array', items: { type: 'string' } } },
        required: ['lines'],
      },
      effect: 'read',
    },
    { name: 'now', description: '', inputSchema: { type: 'object' }, resultSchema: {}, effect: 'read' },
  ])
  expect(text).toContain(`declare const tools: {
  /**
   * Reads a file.
   * Not *\\/ a folder.
   */
  readFile(args: {
    /** Where. */
    path: string
  }): Promise<{
    lines: string[]
  }>
  now(args?: Record<string, unknown>): Promise<unknown>
}`)
  for (const name of ['context', 'console', 'ToolError']) expect(text).toContain(name)
  expect(prepareScript(text).ok).toBe(true)
})

test('no tools', () => {
  expect(declareTools([])).toContain('declare const tools: {}')
})
