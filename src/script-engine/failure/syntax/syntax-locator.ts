import { type Locator, offsetOf, type Position, positionOf, rawOffset, type Wrapped } from '../script-position.ts'
import { failureSites } from './failure-sites.ts'
import { findSite } from './find-site.ts'
import { type ParsedProgram, parseProgram } from './parse-program.ts'
import { type ScriptToken, tokenAt } from './script-tokens.ts'

/** QuickJS says so in the frame of the class; the mistake is in the one that called it. */
const CALLED_CLASS = "class constructors must be invoked with 'new'"
/** More than any model writes; of a longer script QuickJS's places must do. */
const LENGTH_MAX = 256 * 1024

/**
 * Finds the places V8 would name. QuickJS points at a call's parenthesis or a member's dot, or at what it noted before.
 * The parser recurses: what nests too deeply throws a `RangeError`.
 */
export function syntaxLocator(script: Wrapped): Locator {
  const { tokens, tree }: ParsedProgram = script.code.length > LENGTH_MAX ? { tokens: [] } : parseProgram(script.code)
  const sites = tree === undefined ? [] : failureSites(tree, tokens)

  function thrown(stack: string, message: string): Position | undefined {
    const isCalledClass = message === CALLED_CLASS
    const offset = (isCalledClass ? rawOffset(stack, script, 1) : undefined) ?? rawOffset(stack, script)
    if (offset === undefined) return placeOfImport(message)
    const isNative = isCalledClass || /^[^\n]*\(native\)/.test(stack)
    return positionOf(findSite(sites, { offset, message, isNative }), script)
  }

  /** A failed `import()` has no stack. */
  function placeOfImport(message: string): Position | undefined {
    const module = /^could not load module '(.*)'$/s.exec(message)?.[1]
    if (module === undefined) return undefined
    const imports = sites.filter(({ kind }) => kind === 'import')
    const [only] = imports.length === 1 ? imports : imports.filter(({ at }) => script.code.slice(at).includes(module))
    return only === undefined ? undefined : positionOf(only.at, script)
  }

  return {
    thrown,
    parse: (stack, message) => {
      const offset = offsetOfParseError(tokens, message, rawOffset(stack, script))
      return offset === undefined ? undefined : positionOf(offset, script)
    },
    hintPlace: position => {
      const index = tokenAt(tokens, offsetOf(position, script))
      return index === undefined ? undefined : { tokens, index }
    },
  }
}

/** Messages of QuickJS's parser that point behind what they are about. */
const POINTS_BEHIND = /redefinition|already defined|cannot delete|invalid variable name|^'?super/

function offsetOfParseError(tokens: readonly ScriptToken[], message: string, raw?: number): number | undefined {
  const missing = /^undefined private field '(#.*)'$/.exec(message)?.[1]
  if (missing !== undefined) return tokens.find(({ text }) => text === missing)?.start
  if (raw === undefined || !POINTS_BEHIND.test(message)) return raw
  const last = tokens.findLastIndex(token => token.end <= raw)
  return tokens[nameOfDeclaration(tokens, last)]?.start ?? raw
}

/** The name of what ends here: of a class or function when this is its bracket. */
function nameOfDeclaration(tokens: readonly ScriptToken[], last: number): number {
  if (tokens[last]?.text !== '}') return last
  for (let at = tokens[last].partner ?? last; at >= 0; at--) {
    const text = tokens[at]?.text
    if (text === ';' || text === '}') break
    if (text === 'class' || text === 'function') return tokens[at + 1]?.text === '*' ? at + 2 : at + 1
  }
  return last
}
