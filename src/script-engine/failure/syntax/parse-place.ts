import { endsValue, type ScriptToken } from './script-tokens.ts'

type Tokens = readonly ScriptToken[]

/** How constructs begin for which Node gives no column when they span lines, or a later one. */
const CONSTRUCTS: [message: RegExp, isFirst: (tokens: Tokens, index: number) => boolean][] = [
  [/\benum\b/, (tokens, index) => textAt(tokens, index) === 'enum' || isConstEnum(tokens, index)],
  [/\bnamespace\b/, (tokens, index) => /^(?:declare|namespace|module)$/.test(textAt(tokens, index))],
  [/parameter propert/, (tokens, index) => MODIFIER.test(textAt(tokens, index))],
  [/^The angle-bracket/, (tokens, index) => textAt(tokens, index) === '<'],
  [/^Abstract method/, (tokens, index) => textAt(tokens, index) === 'abstract'],
]
const MODIFIER = /^(?:public|private|protected|readonly|override)$/

const textAt = (tokens: Tokens, index: number) => tokens[index]?.text ?? ''
const isConstEnum = (tokens: Tokens, index: number) =>
  textAt(tokens, index) === 'const' && textAt(tokens, index + 1) === 'enum'

interface Reported {
  message: string
  source: string
  tokens: Tokens
  line: number
  /** The column Node gave. */
  given: number | undefined
}

/** The column at which what was refused begins; the given one where that is as good. */
export function columnOfConstruct({ message, source, tokens, line, given }: Reported): number | undefined {
  const lineStart = line === 1 ? 0 : source.split('\n', line - 1).join('\n').length + 1
  const newline = source.indexOf('\n', lineStart)
  const lineEnd = newline < 0 ? source.length : newline
  const onLine = tokens.flatMap(({ start }, index) => (start >= lineStart && start < lineEnd ? [index] : []))
  const columnOf = (index: number | undefined) =>
    index === undefined ? undefined : (tokens[index] as ScriptToken).start - lineStart + 1
  const isFirst = CONSTRUCTS.find(([pattern]) => pattern.test(message))?.[1]
  if (isFirst === undefined) return given
  const starts = onLine.filter(index => isFirst(tokens, index) && !isFirst(tokens, index - 1))
  const near = given === undefined ? starts[0] : starts.findLast(index => (columnOf(index) as number) <= given)
  return columnOf(near) ?? given
}

export interface Place {
  line: number
  column: number
}

function placeAt(source: string, offset: number): Place {
  const before = source.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) as string).length + 1 }
}

/** Where the template begins in which the source ends. Node names one of its later lines, or another mistake. */
export function placeOfOpenTemplate(source: string, tokens: Tokens): Place | undefined {
  const last = tokens.at(-1)
  if (last?.end !== source.length || (last.text !== '`' && last.isTemplate !== true)) return undefined
  if (last.isTemplate && /`$|\$\{$/.test(last.text)) return undefined
  let index = tokens.length - 1
  while (tokens[index]?.isTemplate)
    index = textAt(tokens, index - 1) === '}' ? (tokens[index - 1]?.partner ?? 0) : index - 1
  const opening = tokens[index]
  return opening?.text === '`' ? placeAt(source, opening.start) : undefined
}

/** JSX begins at most so many lines before the text that does not parse, and ends so many characters later. */
const MARKUP_LINES_MAX = 4
const MARKUP_LENGTH_MAX = 4_000
const MARKUP_TAGS_MAX = 20

/** Where the JSX begins in a script that does not parse, at this line or shortly before. */
export function placeOfMarkup(source: string, tokens: Tokens, line: number): Place | undefined {
  let tried = 0
  const start = tokens.find(({ text, start, end }, index) => {
    const name = tokens[index + 1]
    if (text !== '<' || name?.start !== end || !/^[A-Za-z]/.test(name.text) || endsValue(tokens[index - 1]))
      return false
    tried += 1
    if (tried > MARKUP_TAGS_MAX) return false
    const rest = source.slice(start, start + MARKUP_LENGTH_MAX)
    return rest.includes(`</${name.text}`) || /^<[\w.]+(?:\s[^<>]*)?\/>/.test(rest)
  })?.start
  if (start === undefined) return undefined
  const place = placeAt(source, start)
  return place.line <= line && place.line > line - MARKUP_LINES_MAX ? place : undefined
}
