import { isName, isWord, type ScriptToken } from './script-tokens.ts'

type Tokens = readonly ScriptToken[]

const textAt = (tokens: Tokens, index: number | undefined) => (index === undefined ? undefined : tokens[index]?.text)

/** True when the bracket at this index belongs to what stands before it: a call's arguments, or `object[key]`. */
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

/** How many argument lists the chain holds, and whether it holds a `?.`. */
function partsOf(tokens: Tokens, start: number, last: number): { calls: number; isOptional: boolean } {
  const parts = { calls: 0, isOptional: false }
  for (let index = start; index <= last; index++) {
    const { text, partner } = tokens[index] as ScriptToken
    if (text === '?.') parts.isOptional = true
    if (text === '(' && index > start) parts.calls += 1
    if (text === '(' || text === '[' || text === '{') index = partner ?? index
  }
  return parts
}

/** The index of the `new` whose class ends at `last`, as in `new a.B`. */
export function constructionOf(tokens: Tokens, last: number): number | undefined {
  const start = chainStart(tokens, last)
  if (textAt(tokens, start - 1) !== 'new' || partsOf(tokens, start, last).calls > 0) return undefined
  return start - 1
}

/** Whether the chain that ends at `last` holds a call or `?.`. The arguments of `new` are no call. */
function hasCallBefore(tokens: Tokens, last: number): boolean {
  const start = chainStart(tokens, last)
  const { calls, isOptional } = partsOf(tokens, start, last)
  return isOptional || calls > (textAt(tokens, start - 1) === 'new' ? 1 : 0)
}

/** Where V8 places a call, given its opening parenthesis: at `new`, at a name right before it, or at itself. */
export function callPlace(tokens: Tokens, open: number): number {
  const construction = constructionOf(tokens, open - 1)
  if (construction !== undefined) return construction
  return isName(tokens[open - 1]) ? open - 1 : open
}

/** Where V8 places the reading of a member: at its name, or at its dot when a call or `?.` stands before it. */
export function memberPlace(tokens: Tokens, dot: number): number {
  if (textAt(tokens, dot) === '[') return dot
  return textAt(tokens, dot) === '?.' || hasCallBefore(tokens, dot - 1) ? dot : dot + 1
}

/** Where V8 places an expression that ends at `last`, when it is a chain. */
export function expressionPlace(tokens: Tokens, last: number): number {
  const { text, partner } = tokens[last] as ScriptToken
  if (partner !== undefined && (text === ')' || text === ']')) {
    if (!continuesChain(tokens, partner)) return text === ')' ? expressionPlace(tokens, last - 1) : partner
    return text === ')' ? callPlace(tokens, partner) : partner
  }
  const before = textAt(tokens, last - 1)
  return before === '.' || before === '?.' ? memberPlace(tokens, last - 1) : last
}
