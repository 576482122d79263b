import { stripTypeScriptTypes } from 'node:module'

/** `isBroken`: not the source is at fault, or not in a way that could be said; this thread must strip nothing more. */
export type Stripped =
  | { ok: true; code: string }
  | { ok: false; message: string; line?: number; column?: number; isBroken?: true }

/** A message can quote the source, at any length. */
const MESSAGE_LENGTH_MAX = 1_000
const TOO_DEEP = 'the script nests too deeply to be read: write it flatter, with variables and functions'

let isLoaded = false

/** Node says once that this function is experimental; that one warning is not for our users. */
function loadSilently(): void {
  if (isLoaded) return
  isLoaded = true
  const { emitWarning } = process
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes('stripTypeScriptTypes')) Reflect.apply(emitWarning, process, [warning, ...rest])
  }) as typeof process.emitWarning
  try {
    stripTypeScriptTypes('')
  } finally {
    process.emitWarning = emitWarning
  }
}

/**
 * Node's strip errors carry their place only in `stack`: `file:line`, then the source with a row of carets under the
 * offending part, then a blank line and the message.
 */
function placeOf(stack: string, source: string): { line?: number; column?: number } {
  const head = stack.split(/\r?\n/)
  const line = Number(/:(\d+)$/.exec(head[0] ?? '')?.[1])
  if (!Number.isInteger(line)) return {}
  const sourceLine = source.split('\n')[line - 1] ?? ''
  const row = head.slice(1, 8).findIndex(text => /^\s*\^+\s*$/.test(text))
  if (row < 1) return { line }
  const shown = (head[row + 1] as string).indexOf('^')
  return { line, column: unitsAtWidth(sourceLine, shown) + 1 }
}

const WIDE =
  /[\u1100-\u115F\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]|\p{scx=Han}|\p{scx=Hira}|\p{scx=Kana}|\p{scx=Hang}|\p{Emoji_Presentation}/u
const TAB_WIDTH = 4

/** How many UTF-16 units of a line take `width` columns on a terminal, which is how the carets are placed. */
function unitsAtWidth(line: string, width: number): number {
  let columns = 0
  let units = 0
  for (const letter of line) {
    if (columns >= width) break
    if (letter === '\t') columns += TAB_WIDTH - (columns % TAB_WIDTH)
    else if (!/[\p{Mn}\p{Me}\p{Cf}]/u.test(letter)) columns += WIDE.test(letter) ? 2 : 1
    units += letter.length
  }
  return units + Math.max(0, width - columns)
}

const LEADING_SEMICOLON = /^([ \t]*);([ \t]*)([[(`+\-/])/gm

/**
 * A semicolon that begins a line also ends a type declaration before it, and is blanked with it; without it the line
 * would continue the statement before that declaration.
 */
function withLeadingSemicolons(source: string, code: string): string {
  const pieces: string[] = []
  let done = 0
  for (const { index, 1: before = '', 2: after = '', 3: next } of source.matchAll(LEADING_SEMICOLON)) {
    const at = index + before.length
    if (code[at] !== ' ' || code[at + 1 + after.length] !== next) continue
    pieces.push(code.slice(done, at), ';')
    done = at + 1
  }
  return pieces.join('') + code.slice(done)
}

/**
 * Replaces TypeScript's types by blanks, so that every line and column stays. The parser behind it is a WebAssembly
 * instance that Node keeps for the thread: a source that exhausts its stack leaves it broken for good, and one can be
 * written that keeps it busy for minutes. What strangers write is stripped in a thread that can be dropped.
 */
export function stripTypes(source: string): Stripped {
  loadSilently()
  try {
    return { ok: true, code: withLeadingSemicolons(source, stripTypeScriptTypes(source)) }
  } catch (error) {
    if (!(error instanceof SyntaxError)) return { ok: false, message: TOO_DEEP, isBroken: true }
    return { ok: false, message: error.message.slice(0, MESSAGE_LENGTH_MAX), ...placeOf(error.stack ?? '', source) }
  }
}
