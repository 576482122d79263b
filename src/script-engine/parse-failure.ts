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
  [
    /import.*export.*cannot be used/,
    'a script has no modules: use `tools.*`, write helpers in the script itself, and `return` the result',
  ],
  [
    /import.*(equals|alias)|`import .* = `/,
    'a script has no modules: use `tools.*` and write helpers in the script itself',
  ],
]

interface ParseError extends StripError {
  source: string
  /** What stands before the source on its first line. */
  prefixLength: number
  /** The source ends a block that it did not begin. */
  isOverclosed: boolean
}

/** A failure of class `parse` at the place of the model's source. */
export function parseFailure(error: ParseError): ScriptFailure {
  const { source, prefixLength, line: wrappedLine } = error
  const lines = source.split('\n')
  const isBeyond = wrappedLine !== undefined && wrappedLine > lines.length
  const message = plainMessage(error, isBeyond)
  if (wrappedLine === undefined) return { class: 'parse', message }
  const line = Math.min(wrappedLine, lines.length)
  const end = (lines[line - 1] as string).replace(/\r$/, '').length + 1
  const given = error.column === undefined ? undefined : error.column - (line === 1 ? prefixLength : 0)
  const column = isBeyond ? end : given
  const place = column === undefined ? {} : { column: Math.max(1, Math.min(column, end)) }
  return { class: 'parse', message, line, ...place, frame: sourceFrame(source, line, place.column) }
}

function plainMessage({ message, isOverclosed }: ParseError, isBeyond: boolean): string {
  if (isOverclosed) return 'Unexpected `}`: it closes a block that was never opened'
  const plain = message
    .replace(/, got '(<eof>|\})'$/, (whole, token) =>
      isBeyond || token === '<eof>' ? ', got the end of the script' : whole,
    )
    .replace(/\. Expected an identifier, .*$/s, '')
  const advice = ADVICE.find(([pattern]) => pattern.test(plain))?.[1]
  return advice === undefined || advice === '' ? plain : `${plain}; ${advice}`
}
