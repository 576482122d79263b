import { distance } from 'fastest-levenshtein'
import type { ToolDefinition, ToolEffect, ToolFailure } from '../contracts/tool.ts'

const NEAREST_MAX = 3

/** The tools one script may call. */
export interface ToolRegistry {
  readonly names: readonly string[]
  /** `undefined` for a name that is no tool. */
  effectOf(name: string): ToolEffect | undefined
  unknownTool(name: string): ToolFailure
}

/** How unlike two names are: typing mistakes count, case and separators do not. */
function unlikeness(left: string, right: string): number {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const [a, b] = [plain(left), plain(right)]
  if (a === b) return 0
  if (a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 0.3
  return distance(a, b) / Math.max(a.length, b.length, 1)
}

/** Indexes tool definitions by name. */
export function createToolRegistry(tools: readonly ToolDefinition[]): ToolRegistry {
  const effects = new Map(tools.map(tool => [tool.name, tool.effect]))
  const names = [...effects.keys()]
  return {
    names,
    effectOf: name => effects.get(name),
    unknownTool: name => {
      const shown = name.length > 100 ? `${name.slice(0, 100)}…` : name
      const ranked = names.map(known => ({ known, unlikeness: unlikeness(shown, known) }))
      const near = ranked.filter(entry => entry.unlikeness <= 0.5).sort((a, b) => a.unlikeness - b.unlikeness)
      const list = (known: readonly string[]) => known.map(each => `tools.${each}`).join(', ')
      const hint =
        near.length > 0
          ? `did you mean ${list(near.slice(0, NEAREST_MAX).map(entry => entry.known))}?`
          : names.length > 0
            ? `there are ${list(names.slice(0, 20))}`
            : 'this script has no tools'
      return { code: 'unknown-tool', message: `there is no tool \`${shown}\`: ${hint}` }
    },
  }
}
