import type { JsonObject, JsonSchema, JsonValue } from '../../src/contracts/json.ts'
import type { ToolDefinition } from '../../src/contracts/tool.ts'

function tool(name: string, effect: ToolDefinition['effect'], fields: Record<string, JsonSchema>): ToolDefinition {
  const inputSchema = {
    type: 'object',
    properties: fields,
    required: Object.keys(fields),
    additionalProperties: false,
  } as JsonSchema
  const resultSchema: JsonSchema = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }
  return { name, description: `The ${name} tool of the benchmark.`, inputSchema, resultSchema, effect }
}

const TEXT: JsonSchema = { type: 'string' }

/** Six tools with the names that scriptbench gives its own; what they do is up to the program's `call`. */
export const BENCH_TOOLS: readonly ToolDefinition[] = [
  tool('readFile', 'read', { filePath: TEXT }),
  tool('listDir', 'read', { dirPath: TEXT }),
  tool('grepFiles', 'read', { pattern: TEXT }),
  tool('fileSearch', 'read', { query: TEXT }),
  tool('applyPatch', 'write', { patch: TEXT }),
  tool('exec', 'write', { command: { type: 'array', items: TEXT } }),
]

export const BENCH_TOOL_NAMES: readonly string[] = BENCH_TOOLS.map(({ name }) => name)

/** What a program without tools of its own calls. */
export async function nothingToCall(): Promise<JsonValue> {
  return null
}

/** The six tools as functions of one object, which is what most peers take. */
export function toolFunctions(
  call: (tool: string, args: JsonObject) => Promise<JsonValue>,
): Record<string, (args: JsonObject) => Promise<JsonValue>> {
  return Object.fromEntries(BENCH_TOOL_NAMES.map(name => [name, (args: JsonObject) => call(name, args)]))
}
