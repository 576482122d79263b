import { SCRIPT_FILE } from './prepare-script.ts'

export interface Position {
  line: number
  column: number
}

/** What stands before the model's source on its first line. */
interface Wrapped {
  code: string
  prefixLength: number
}

/**
 * The first place of a QuickJS stack that lies in the script, as line and column of the model's source. QuickJS counts
 * code points and points at a call's parenthesis or a member's dot; editors and V8 count UTF-16 units and point at the
 * name (at `new` for a construction), and so do we.
 */
export function positionInScript(stack: string, script: Wrapped): Position | undefined {
  const found = new RegExp(`\\b${SCRIPT_FILE.replace('.', '\\.')}:(\\d+)(?::(\\d+))?`).exec(stack)
  if (found === null) return undefined
  const line = Number(found[1])
  const text = script.code.split('\n')[line - 1] ?? ''
  const units = [...text].slice(0, Number(found[2] ?? 1) - 1).join('').length
  const column = nameStart(text, units) + 1 - (line === 1 ? script.prefixLength : 0)
  return { line, column: Math.max(1, column) }
}

/** The same for an error of QuickJS's parser, which points behind a name that is declared twice. */
export function positionOfParseError(stack: string, message: string, script: Wrapped): Position | undefined {
  const position = positionInScript(stack, script)
  if (position === undefined || !message.includes('redefinition')) return position
  const offset = position.column - 1 + (position.line === 1 ? script.prefixLength : 0)
  const before = script.code.split('\n')[position.line - 1]?.slice(0, offset) ?? ''
  const name = /[\p{ID_Continue}$]+\s*$/u.exec(before)
  return name === null ? position : { ...position, column: position.column - (before.length - name.index) }
}

/** The index at which the expression's name begins, given where QuickJS points. */
function nameStart(text: string, index: number): number {
  if (text[index] === '.') return index + 1
  if (text.startsWith('?.', index)) return index + 2
  if (text[index] !== '(') return index
  const before = text.slice(0, index).trimEnd()
  const construction = /\bnew\s+[\w$.]+$/u.exec(before)
  if (construction !== null) return construction.index
  return /#?[\p{ID_Continue}$]+$/u.exec(before)?.index ?? index
}
