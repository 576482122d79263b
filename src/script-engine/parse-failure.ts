import type { ScriptFailure } from '../contracts/script.ts'
import { sourceFrame } from './source-frame.ts'

interface StripError {
  message: string
  line?: number
  column?: number
}

/** What to write instead of what cannot be stripped, or of what has no place in a script. */
const ADVICE: [pattern: RegExp, advice: string][] = [
  [/\benum\b/, "write a constant object instead: `const Color = { Red: 'red' } as const`"],
  [/\b(namespace|module)\b.*not supported/, 'write a constant object with the same members instead'],
  [/parameter propert/, 'declare the field in the class and assign it in the constructor'],
  [/angle-bracket/, ''],
  [/import.*export.*cannot be used/, 'a script has no modules: use `tools.*`, write helpers in the script itself, and `return` the result'],
  [/import.*(equals|alias)|`import .* = `/, 'a script has no modules: use `tools.*` and write helpers in the script itself'],
]

/** A failure of class `parse` at a place of the wrapped source. */
export function parseFailure(source: string, error: StripError, prefixLength: number): ScriptFailure {
  const lines = source.split('\n')
  const isBeyond = error.line !== undefined && error.line > lines.length
  const message = plainMessage(error.message, isBeyond)
  if (error.line === undefined) return { class: 'parse', message }
  const line = Math.min(error.line, lines.length)
  const end = (lines[line - 1] as string).length + 1
  const column = isBeyond ? end : error.column === undefined ? undefined : error.column - (line === 1 ? prefixLength : 0)
  const place = column === undefined ? {} : { column: Math.max(1, Math.min(column, end)) }
  return { class: 'parse', message, line, ...place, frame: sourceFrame(source, line, place.column) }
}

function plainMessage(message: string, isBeyond: boolean): string {
  if (isBeyond && message === 'Expression expected') return 'Unexpected `}`: it closes a block that was never opened'
  const plain = message.replace("got '<eof>'", 'got the end of the script')
  const advice = ADVICE.find(([pattern]) => pattern.test(plain))?.[1]
  return advice === undefined || advice === '' ? plain : `${plain}; ${advice}`
}
