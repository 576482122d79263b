import type { ToolDefinition } from '../contracts/tool.ts'

export function declareTools(tools: readonly ToolDefinition[]): string {
  return tools.map(tool => tool.name).join('\n')
}
