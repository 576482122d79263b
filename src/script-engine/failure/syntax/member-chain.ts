import { isName, isWord, type ScriptToken } from './script-tokens.ts'

type Tokens = readonly ScriptToken[]

const textAt = (tokens: Tokens, index: number | undefined) => (index === undefined ? undefined : tokens[index]?.text)

/** True when the bracket at this index continues what comes before it: a call's arguments, or `object[key]`. */
function continuesChain(tokens: Tokens, open: number): boolean {
  const before = tokens[open - 1]
  if (before === undefined) return false
  if (isWord(before)) return isName(before) || textAt(tokens, open - 2) === '.' || /^(?:this|super)$/.test(before.text)
  return /^(?:\)|\]|\}|\?\.|["'`].*)$/s.test(before.text)
}

/** The index at which `a.b(c)[d]` begins that ends at `last`. */
export function chainStart(tokens: Tokens, last: number): number {
  let index = last
  for (;;) {
    const text = textAt(tokens, index) ?? ''
    if (text === ')' || text === ']') {
      const open = tokens[index]?.partner
      if (open === undefined) return index
      index = continuesChain(tokens, open) ? open - 1 : open
      if (index === open) return open
      if (textAt(tokens, index) === '?.') index -= 1
    } else if (textAt(tokens, index - 1) === '.' || textAt(tokens, index - 1) === '?.') index -= 2
    else return index
  }
}
