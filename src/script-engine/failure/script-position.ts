import { SCRIPT_FILE } from '../source/prepare-script.ts'
import type { HintPlace } from './failure-hints.ts'

export interface Position {
  line: number
  column: number
}

/** A program, and what comes before the model's source on its first line. */
export interface Wrapped {
  code: string
  prefixLength: number
}

/** Finds places in one script, as lines and columns of the model's source. */
export interface Locator {
  thrown(stack: string, message: string): Position | undefined
  /** For an error of QuickJS's parser. */
  parse(stack: string, message: string): Position | undefined
  hintPlace(position: Position): HintPlace | undefined
}

/** The places that QuickJS gives, for when the script itself cannot be read. */
export function rawLocator(script: Wrapped): Locator {
  const find = (stack: string) => {
    const offset = rawOffset(stack, script)
    return offset === undefined ? undefined : positionOf(offset, script)
  }
  return { thrown: find, parse: find, hintPlace: () => undefined }
}

const FRAME = new RegExp(`\\b${SCRIPT_FILE.replace('.', '\\.')}:(\\d+)(?::(\\d+))?`, 'g')

/** Where a frame of the stack points in the script's code. QuickJS counts code points, V8 and editors UTF-16 units. */
export function rawOffset(stack: string, { code }: Wrapped, frameIndex = 0): number | undefined {
  const frame = [...stack.matchAll(FRAME)][frameIndex]
  if (frame === undefined) return undefined
  const lineStart = offsetOfLine(code, Number(frame[1]))
  const text = code.slice(lineStart, endOfLine(code, lineStart))
  return lineStart + [...text].slice(0, Number(frame[2] ?? 1) - 1).join('').length
}

export function positionOf(offset: number, { code, prefixLength }: Wrapped): Position {
  const before = code.slice(0, offset)
  const line = before.split('\n').length
  const column = offset - before.lastIndexOf('\n') - (line === 1 ? prefixLength : 0)
  return { line, column: Math.max(1, column) }
}

export function offsetOf({ line, column }: Position, { code, prefixLength }: Wrapped): number {
  return offsetOfLine(code, line) + column - 1 + (line === 1 ? prefixLength : 0)
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
