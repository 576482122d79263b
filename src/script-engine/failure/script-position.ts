import { SCRIPT_FILE } from '../source/prepare-script.ts'
import { relocateFailure } from './relocate-failure.ts'
import { type ScriptToken, tokenAt, tokensOf } from './script-tokens.ts'

export interface Position {
  line: number
  column: number
}

/** What stands before the model's source on its first line. */
interface Wrapped {
  code: string
  prefixLength: number
}

const FRAME = new RegExp(`\\b${SCRIPT_FILE.replace('.', '\\.')}:(\\d+)(?::(\\d+))?`, 'g')
/** QuickJS says so in the frame of the class; the mistake is in the one that called it. */
const CALLED_CLASS = "class constructors must be invoked with 'new'"
/** A longer script is not taken apart, which would hold up the caller's event loop: QuickJS's places must do. */
const LENGTH_MAX = 64 * 1024
const tokensOfScripts = new WeakMap<Wrapped, ScriptToken[]>()

/**
 * The place of a failure as line and column of the model's source: where V8 would name it. QuickJS counts code points
 * and points at a call's parenthesis or a member's dot, or at what it noted before; editors and V8 count UTF-16 units.
 */
export function positionInScript(stack: string, script: Wrapped, message = ''): Position | undefined {
  const isCalledClass = message === CALLED_CLASS
  const offset = (isCalledClass ? rawOffset(stack, script, 1) : undefined) ?? rawOffset(stack, script)
  if (offset === undefined) return positionOfImport(message, script)
  const isNative = isCalledClass || /^[^\n]*\(native\)/.test(stack)
  return positionOf(relocated(script, offset, message, isNative), script)
}

/** Where a frame of the stack points in the script's code. */
function rawOffset(stack: string, { code }: Wrapped, frameIndex = 0): number | undefined {
  const frame = [...stack.matchAll(FRAME)][frameIndex]
  if (frame === undefined) return undefined
  const lineStart = offsetOfLine(code, Number(frame[1]))
  const text = code.slice(lineStart, endOfLine(code, lineStart))
  return lineStart + [...text].slice(0, Number(frame[2] ?? 1) - 1).join('').length
}

/** Messages of QuickJS's parser that point behind what they are about. */
const POINTS_BEHIND = /redefinition|already defined|cannot delete|invalid variable name|^'?super/

/** The same for an error of QuickJS's parser. */
export function positionOfParseError(stack: string, message: string, script: Wrapped): Position | undefined {
  const tokens = tokensOfScript(script)
  const missing = /^undefined private field '(#.*)'$/.exec(message)?.[1]
  if (missing !== undefined) {
    const start = tokens.find(({ text }) => text === missing)?.start
    return start === undefined ? undefined : positionOf(start, script)
  }
  const raw = rawOffset(stack, script)
  if (raw === undefined || !POINTS_BEHIND.test(message)) return raw === undefined ? undefined : positionOf(raw, script)
  const last = tokens.findLastIndex(token => token.end <= raw)
  const start = tokens[nameOfDeclaration(tokens, last)]?.start
  return positionOf(start ?? raw, script)
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

function tokensOfScript(script: Wrapped): ScriptToken[] {
  const known = tokensOfScripts.get(script)
  if (known !== undefined) return known
  const tokens = script.code.length > LENGTH_MAX ? [] : tokensOf(script.code)
  tokensOfScripts.set(script, tokens)
  return tokens
}

/** The token of the script that begins at a place of the model's source. */
export function tokenAtPosition(
  position: Position,
  script: Wrapped,
): { tokens: ScriptToken[]; index: number } | undefined {
  const tokens = tokensOfScript(script)
  const offset = offsetOfLine(script.code, position.line) + position.column - 1
  const index = tokenAt(tokens, position.line === 1 ? offset + script.prefixLength : offset)
  return index === undefined ? undefined : { tokens, index }
}

/** A failed `import()` has no stack. */
function positionOfImport(message: string, script: Wrapped): Position | undefined {
  const module = /^could not load module '(.*)'$/s.exec(message)?.[1]
  if (module === undefined) return undefined
  const tokens = tokensOfScript(script)
  const imports = tokens.filter(({ text }, index) => text === 'import' && tokens[index + 1]?.text === '(')
  const [only] = imports.length === 1 ? imports : imports.filter(each => script.code.slice(each.end).includes(module))
  return only === undefined ? undefined : positionOf(only.start, script)
}

function relocated(script: Wrapped, offset: number, message: string, isNative: boolean): number {
  const tokens = tokensOfScript(script)
  const index = tokenAt(tokens, offset)
  if (index === undefined) return offset
  return tokens[relocateFailure({ tokens, index, message, isNative })]?.start ?? offset
}

function positionOf(offset: number, { code, prefixLength }: Wrapped): Position {
  const before = code.slice(0, offset)
  const line = before.split('\n').length
  const column = offset - before.lastIndexOf('\n') - (line === 1 ? prefixLength : 0)
  return { line, column: Math.max(1, column) }
}

function offsetOfLine(code: string, line: number): number {
  let offset = 0
  for (let count = 1; count < line; count++) {
    const next = code.indexOf('\n', offset)
    if (next < 0) break
    offset = next + 1
  }
  return offset
}

function endOfLine(code: string, start: number): number {
  const end = code.indexOf('\n', start)
  return end < 0 ? code.length : end
}
