import type { ToolDefinition } from '../../contracts/tool.ts'
import { schemaToType } from './schema-to-type.ts'
import { documentation, keyOf } from './type-text.ts'

const INDENT = '  '

const ENVIRONMENT = `declare const context: {
  readonly workingDirectory: string
  readonly conversationId: string
  readonly limits: Readonly<Record<string, unknown>>
  readonly env: Readonly<Record<string, string>>
}
declare const console: Record<'log' | 'info' | 'warn' | 'error' | 'debug', (...values: unknown[]) => void>
declare class ToolError extends Error {
  tool: string
  code: string
  callId: string
}`

/** The TypeScript declarations of everything a script is given, for the prompt. */
export function declareTools(tools: readonly ToolDefinition[]): string {
  const members = tools.map(({ name, description, inputSchema, resultSchema }) => {
    const isOptional = !Array.isArray(inputSchema.required) || inputSchema.required.length === 0
    const args = `args${isOptional ? '?' : ''}: ${schemaToType(inputSchema, INDENT)}`
    const signature = `${INDENT}${keyOf(name)}(${args}): Promise<${schemaToType(resultSchema, INDENT)}>`
    return `${documentation(description, INDENT)}${signature}`
  })
  const body = members.length === 0 ? '{}' : `{\n${members.join('\n')}\n}`
  return `declare const tools: ${body}\n${ENVIRONMENT}\n`
}
