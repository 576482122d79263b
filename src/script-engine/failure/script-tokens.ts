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

const SKIPPED = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y
const BACKTICK = /`/y
const WORD = /#?[\p{ID_Start}$_\\][\p{ID_Continue}$\\]*/uy
const NUMBER = /(?:0[xob][\da-f_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?[\d_]+)?)n?/iy
const STRING = /"(?:[^"\\\n]+|\\[\s\S])*"?|'(?:[^'\\\n]+|\\[\s\S])*'?/y
/** Bounded, because every slash of a long line may seem to begin one. */
const REGEXP = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,200}\]){1,500}\/[a-z]*/y
const TEMPLATE_TEXT = /(?:[^`\\$]+|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y
const PUNCTUATOR =
  /\?\.(?!\d)|\.\.\.|=>|>>>=|\*\*=|<<=|>>=|&&=|\|\|=|\?\?=|[=!]==?|[-+*/%&|^<>]=|\+\+|--|&&|\|\||\?\?|\*\*|[\s\S]/y

/** Words after which a slash begins a regular expression. */
const BEFORE_VALUE = /^(?:return|typeof|case|in|of|delete|void|throw|new|do|else|await|yield|instanceof)$/
const RESERVED =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/

export function isWord(token: ScriptToken | undefined): boolean {
  return token !== undefined && token.isTemplate !== true && /^[#\p{ID_Start}$_\\]/u.test(token.text)
}

/** A word that may name a variable. */
export function isName(token: ScriptToken | undefined): boolean {
  return isWord(token) && !RESERVED.test(token?.text ?? '')
}

/** Whether a value may end with this token, so that a slash after it divides. */
export function endsValue(token: ScriptToken | undefined): boolean {
  if (token === undefined) return false
  if (token.isTemplate) return token.text.endsWith('`')
  return isWord(token) ? !BEFORE_VALUE.test(token.text) : /^[\d"'`)\]}]|^\.\d|^\/./.test(token.text)
}

/** The tokens of a program that parses; of another one some of its tokens. Takes linear time. */
export function tokensOf(code: string): ScriptToken[] {
  const tokens: ScriptToken[] = []
  const open: number[] = []
  let position = 0

  function take(pattern: RegExp): boolean {
    pattern.lastIndex = position
    const text = pattern.exec(code)?.[0]
    if (text === undefined || text === '') return false
    tokens.push({ text, start: position, end: position + text.length })
    position += text.length
    return true
  }

  function skip(): boolean {
    SKIPPED.lastIndex = position
    const length = SKIPPED.exec(code)?.[0].length ?? 0
    position += length
    return length > 0
  }

  /** One that ends in `${` is the bracket of what follows. */
  function takeTemplateText(): void {
    if (!take(TEMPLATE_TEXT)) return
    const text = tokens.at(-1) as ScriptToken
    text.isTemplate = true
    if (text.text.endsWith('${')) open.push(tokens.length - 1)
  }

  function pair(): void {
    const index = tokens.length - 1
    const token = tokens[index] as ScriptToken
    if (/^[([{]$/.test(token.text)) open.push(index)
    if (!/^[)\]}]$/.test(token.text)) return
    const partner = open.pop()
    if (partner === undefined) return
    const opening = tokens[partner] as ScriptToken
    token.partner = partner
    opening.partner = index
    if (opening.isTemplate) takeTemplateText()
  }

  while (position < code.length) {
    const letter = code[position] as string
    if (/[\s/]/.test(letter) && skip()) continue
    if (letter === '`') {
      take(BACKTICK)
      takeTemplateText()
    } else if (letter === '/' && !endsValue(tokens.at(-1)) && take(REGEXP)) continue
    else if (/[\d.]/.test(letter) ? !take(NUMBER) : !take(/["']/.test(letter) ? STRING : WORD)) {
      take(PUNCTUATOR)
      pair()
    }
  }
  return tokens
}

/** The index of the token that begins at an offset, or holds it. */
export function tokenAt(tokens: readonly ScriptToken[], offset: number): number | undefined {
  let low = 0
  let high = tokens.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const token = tokens[middle] as ScriptToken
    if (offset < token.start) high = middle - 1
    else if (offset >= token.end) low = middle + 1
    else return middle
  }
  return undefined
}
