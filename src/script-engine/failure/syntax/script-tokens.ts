import type { Token } from 'acorn'
import { acorn, PARSER_OPTIONS } from './acorn.ts'

/** One token of JavaScript, at UTF-16 offsets. */
export interface ScriptToken {
  text: string
  start: number
  end: number
  /** The index of the bracket that closes or opens this one. */
  partner?: number
  /** It is text of a template, up to its end or the next `${`. */
  isTemplate?: true
}

/** Words after which a slash begins a regular expression. */
const BEFORE_VALUE = /^(?:return|typeof|case|in|of|delete|void|throw|new|do|else|await|yield|instanceof)$/
const RESERVED =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/

export function isWord(token: ScriptToken | undefined): boolean {
  return token !== undefined && token.isTemplate !== true && /^[#\p{ID_Start}$_\\]/u.test(token.text)
}

/** A word that can name a variable. */
export function isName(token: ScriptToken | undefined): boolean {
  return isWord(token) && !RESERVED.test(token?.text ?? '')
}

/** Whether a value can end with this token, so that a slash after it divides. */
export function endsValue(token: ScriptToken | undefined): boolean {
  if (token === undefined) return false
  if (token.isTemplate) return token.text.endsWith('`')
  return isWord(token) ? !BEFORE_VALUE.test(token.text) : /^[\d"'`)\]}]|^\.\d|^\/./.test(token.text)
}

/** Collects the parser's tokens. A stretch of template text is one token with the backtick or `${` that ends it. */
export function takeTokens(code: string): { list: ScriptToken[]; onToken(token: Token): void } {
  const list: ScriptToken[] = []
  let textStart: number | undefined
  return {
    list,
    onToken: ({ type, start, end }) => {
      const { label } = type
      if (label === 'eof') return
      if (label === 'template') textStart = start
      else if (textStart !== undefined) {
        list.push({ text: code.slice(textStart, end), start: textStart, end, isTemplate: true })
        textStart = undefined
      } else list.push({ text: code.slice(start, end), start, end })
    },
  }
}

/** Links each bracket with its partner. */
export function pairTokens(tokens: ScriptToken[]): ScriptToken[] {
  const open: number[] = []
  for (const [index, token] of tokens.entries()) {
    if (token.isTemplate ? token.text.endsWith('${') : /^[([{]$/.test(token.text)) open.push(index)
    else if (/^[)\]}]$/.test(token.text)) {
      const partner = open.pop()
      if (partner === undefined) continue
      token.partner = partner
      ;(tokens[partner] as ScriptToken).partner = index
    }
  }
  return tokens
}

/** The tokens of a source, TypeScript too, up to one that cannot be read. */
export function tokensOf(source: string): ScriptToken[] {
  const { list, onToken } = takeTokens(source)
  try {
    for (const token of acorn().tokenizer(source, PARSER_OPTIONS)) onToken(token)
  } catch (error) {
    const { message, pos } = error as SyntaxError & { pos?: number }
    if (/^Unterminated template/.test(message) && pos !== undefined) {
      list.push({ text: source.slice(pos), start: pos, end: source.length, isTemplate: true })
    }
  }
  return pairTokens(list)
}

/** The index of the token that begins at an offset, or contains it. */
export function tokenAt(tokens: readonly ScriptToken[], offset: number): number | undefined {
  const index = firstTokenAfter(tokens, offset + 1) - 1
  const token = tokens[index]
  return token !== undefined && offset < token.end ? index : undefined
}

/** The index of the first token that begins at an offset or behind it. */
export function firstTokenAfter(tokens: readonly ScriptToken[], offset: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle] as ScriptToken).start < offset) low = middle + 1
    else high = middle
  }
  return low
}
