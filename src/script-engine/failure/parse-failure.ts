import { sourceFrame } from '../../base/source-frame.ts'
import type { ScriptFailure } from '../../contracts/script.ts'
import { explainParseError } from './parse-advice.ts'
import { columnOfConstruct, placeOfMarkup, placeOfOpenTemplate } from './syntax/parse-place.ts'
import { tokensOf } from './syntax/script-tokens.ts'

interface ParseError {
  message: string
  line?: number
  column?: number
  source: string
  /** What comes before the source on its first line. */
  prefixLength: number
  /** The source ends a block that it did not begin. */
  isOverclosed: boolean
}

const UNTERMINATED = /^Unterminated template|eof|end of the script/

/** A failure of class `parse` at the place of the model's source. */
export function parseFailure(error: ParseError): ScriptFailure {
  const { source, prefixLength, isOverclosed } = error
  const lines = source.split('\n')
  const isBeyond = error.line !== undefined && error.line > lines.length
  const message = plainMessage(error, isBeyond)
  if (error.line === undefined) return { class: 'parse', message: explainParseError(message) }
  const tokens = tokensOf(source)
  const markup = isOverclosed ? undefined : placeOfMarkup(source, tokens, error.line)
  const isUnplaced = error.column === undefined || isBeyond || UNTERMINATED.test(message)
  const template = isUnplaced && !isOverclosed ? placeOfOpenTemplate(source, tokens) : undefined
  const begun = markup ?? template
  const line = begun?.line ?? Math.min(error.line, lines.length)
  const text = (lines[line - 1] as string).replace(/\r$/, '')
  const given = error.column === undefined ? undefined : error.column - (line === 1 ? prefixLength : 0)
  const found = isBeyond ? text.length + 1 : columnOfConstruct({ message, source, tokens, line, given })
  const column = begun?.column ?? found
  const place = column === undefined ? {} : { column: Math.max(1, Math.min(column, text.length + 1)) }
  const named = nameToken(message, text.slice((place.column ?? 1) - 1))
  const plain = markup !== undefined ? 'JSX is not supported' : template !== undefined ? 'Unterminated template' : named
  const isAfterTemplate = place.column !== undefined && text[place.column - 2] === '`'
  const explained = explainParseError(plain)
  return {
    class: 'parse',
    message: isAfterTemplate ? `${explained}; a backtick inside a template is written \\\`` : explained,
    line,
    ...place,
    frame: sourceFrame(source, line, place.column),
  }
}

/** Some Node versions say `ident` where the name itself helps. */
function nameToken(message: string, rest: string): string {
  const name = /^[\p{ID_Continue}$]{1,100}/u.exec(rest)?.[0]
  return name === undefined ? message : message.replace(/(['`])ident\1/, (_token, quote) => quote + name + quote)
}

function plainMessage({ message, isOverclosed }: ParseError, isBeyond: boolean): string {
  if (isOverclosed) return 'Unexpected `}`: it closes a block that was never opened'
  return message.replace(/, got '(<eof>|\})'$/, (whole, token) =>
    isBeyond || token === '<eof>' ? ', got the end of the script' : whole,
  )
}
