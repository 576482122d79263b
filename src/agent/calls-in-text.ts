import type { JsonValue } from '../contracts/json.ts'
import { readArguments } from './read-arguments.ts'

export interface CallInText {
  tool: string
  args: JsonValue
}

const TAGGED = /<(tool_call|tool-call|function_call)>\s*([\s\S]*?)\s*(?:<\/\1>|$)/g
const FENCED = /```(?:json|tool_call|tool)?[ \t]*\r?\n([\s\S]*?)```/g

/**
 * Calls that a model wrote into its text instead of calling natively: tagged or fenced JSON
 * `{"name": …, "arguments": …}` (also `tool`/`parameters`/`args`), for known tools only.
 */
export function callsInText(text: string, toolNames: ReadonlySet<string>): CallInText[] {
  const tagged = [...text.matchAll(TAGGED)].map(match => match[2] ?? '')
  const candidates = tagged.length > 0 ? tagged : [...text.matchAll(FENCED)].map(match => match[1] ?? '')
  const bare = candidates.length === 0 && text.trim().startsWith('{') ? [text.trim()] : []
  return [...candidates, ...bare].flatMap(candidate => {
    const call = asCall(candidate, toolNames)
    return call === undefined ? [] : [call]
  })
}

function asCall(text: string, toolNames: ReadonlySet<string>): CallInText | undefined {
  const read = readArguments(text, 'lenient')
  if (!read.ok || read.args === null || typeof read.args !== 'object' || Array.isArray(read.args)) return undefined
  const { name, tool, arguments: named, parameters, args } = read.args
  const toolName = name ?? tool
  if (typeof toolName !== 'string' || !toolNames.has(toolName)) return undefined
  const given = named ?? parameters ?? args ?? {}
  if (typeof given !== 'string') return { tool: toolName, args: given }
  const inner = readArguments(given, 'lenient')
  return inner.ok ? { tool: toolName, args: inner.args } : undefined
}
