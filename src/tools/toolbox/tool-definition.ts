import type { ToolDefinition } from '../../contracts/tool.ts'
import { schemaOf } from '../schema-of.ts'
import type { AnyTool } from './toolbox.ts'

/** What every mode shows the model of a tool. */
export function definitionOf(tool: AnyTool): ToolDefinition {
  return {
    name: tool.name,
    description: tool.description,
    inputSchema: schemaOf(tool.input, 'input'),
    resultSchema: schemaOf(tool.output, 'output'),
    effect: tool.effect,
  }
}
