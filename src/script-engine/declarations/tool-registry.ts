import { distance } from 'fastest-levenshtein'
import { bareName, nearest, type Unlikeness } from '../../base/did-you-mean.ts'
import type { TokenCounter } from '../../contracts/tokens.ts'
import type { ToolDefinition, ToolEffect, ToolFailure } from '../../contracts/tool.ts'
import { declareTools } from './declare-tools.ts'

const NEAREST_MAX = 3

/** The tools one script can call, and what a model is shown of them. */
export interface ToolRegistry {
  readonly definitions: readonly ToolDefinition[]
  readonly names: readonly string[]
  /** TypeScript declarations of the tools and of everything else a script is given, for the prompt. */
  declare(): string
  /** What the declarations cost in every request that contains them. */
  tokens(countTokens: TokenCounter): number
  /** `undefined` for an unknown name. */
  effectOf(name: string): ToolEffect | undefined
  unknownTool(name: string): ToolFailure
}

/** Typing mistakes count, as a share of the longer name; case and separators do not. */
const unlikeness: Unlikeness = (word, candidate) => {
  const [a, b] = [bareName(word), bareName(candidate)]
  if (a === b) return 0
  if (a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 0.3
  const share = distance(a, b) / Math.max(a.length, b.length, 1)
  return share <= 0.5 ? share : undefined
}

/** Indexes tool definitions by name; of two with one name the later counts. */
export function createToolRegistry(tools: readonly ToolDefinition[]): ToolRegistry {
  const byName = new Map(tools.map(tool => [tool.name, tool]))
  const names = [...byName.keys()]
  const definitions = [...byName.values()]
  const declare = () => declareTools(definitions)
  return {
    definitions,
    names,
    declare,
    tokens: countTokens => countTokens(declare()),
    effectOf: name => byName.get(name)?.effect,
    unknownTool: name => {
      const shown = name.length > 100 ? `${name.slice(0, 100)}…` : name
      const near = nearest(shown, names, { countMax: NEAREST_MAX, unlikeness })
      const list = (known: readonly string[]) => known.map(each => `tools.${each}`).join(', ')
      const hint =
        near.length > 0
          ? `did you mean ${list(near)}?`
          : names.length > 0
            ? `there are ${list(names.slice(0, 20))}`
            : 'this script has no tools'
      return { code: 'unknown-tool', message: `there is no tool \`${shown}\`: ${hint}` }
    },
  }
}
