import { findPattern } from './find-pattern.ts'
import { callPlace, chainStart, constructionOf, expressionPlace, memberPlace } from './member-chain.ts'
import { endsValue, isWord, type ScriptToken } from './script-tokens.ts'

type Tokens = readonly ScriptToken[]

export interface RawFailure {
  tokens: Tokens
  /** The token at which QuickJS points. */
  index: number
  message: string
  /** It was thrown inside a built-in function that the script called. */
  isNative: boolean
}

type Rule = [message: RegExp, place: (failure: RawFailure, match: RegExpExecArray) => number | undefined]

/**
 * QuickJS notes a place for names, members, calls and operators. For what else can fail it gives the last noted place
 * before, often on an earlier line. These rules find the place V8 names; `undefined` leaves QuickJS's.
 */
const RULES: Rule[] = [
  [
    /^(?:cannot convert to object|cannot read property 'Symbol\.iterator' of|value is not iterable)/,
    destructuringOrSpread,
  ],
  [
    /^cannot set property '(.*)' of|^'(.*)' is read-only$|^(?:object is not extensible|no setter for property)/s,
    assignment,
  ],
  [/^cannot read property/, read],
  [/^'(.*)' is not defined$|^(.*) is not initialized$/s, shorthand],
  [/^not a (?:function|constructor)$/, construction],
]

/** The index of the token at which V8 would place the failure. */
export function relocateFailure(failure: RawFailure): number {
  const { tokens, index, message, isNative } = failure
  if (tokens[index]?.text === 'return' && tokens[index - 1]?.text !== '.') return lastCall(tokens, index) ?? index
  for (const [pattern, place] of isNative ? [] : RULES) {
    const match = pattern.exec(message)
    const found = match === null ? undefined : place(failure, match)
    if (found !== undefined) return found
  }
  return generalPlace(tokens, index)
}

function generalPlace(tokens: Tokens, index: number): number {
  const { text, partner } = tokens[index] as ScriptToken
  if (text === '.' || text === '?.') return tokens[index + 1]?.text === '(' ? index : index + 1
  if (text !== '(' || tokens[(partner ?? index) + 1]?.text === '=>') return index
  return callPlace(tokens, index)
}

/** For `return f(x)` QuickJS notes the `return`: what failed is the call with which the value ends. */
function lastCall(tokens: Tokens, start: number): number | undefined {
  let last = start
  for (let index = start + 1; index < tokens.length; index++) {
    const { text, partner } = tokens[index] as ScriptToken
    if (text === ';' || text === ')' || text === ']' || text === '}') break
    if (index > start + 1 && isWord(tokens[index]) && /^[\w$)\]}"'`]/.test(tokens[last]?.text.at(-1) ?? '')) {
      if (!/^(?:in|instanceof)$/.test(text) && !isWord(tokens[last])) break
    }
    last = partner !== undefined && partner > index ? partner : index
    index = last
  }
  while (tokens[last]?.text === ')') {
    const open = tokens[last]?.partner
    if (open === undefined) return undefined
    if (open > start + 1 && chainStart(tokens, last) < open) return callPlace(tokens, open)
    last -= 1
  }
  return undefined
}

function read({ tokens, index }: RawFailure): number | undefined {
  const { text, partner } = tokens[index] as ScriptToken
  if (text !== '.' && text !== '?.' && text !== '[') return undefined
  const last = text === '[' ? (partner ?? index) : index + 1
  const first = chainStart(tokens, last)
  const isUpdate = (each: string | undefined) => each === '++' || each === '--' || each === 'delete'
  const after = tokens[last + 1]?.text ?? ''
  if (
    isUpdate(tokens[first - 1]?.text) ||
    isUpdate(after) ||
    /^(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)=$/.test(after)
  ) {
    return expressionPlace(tokens, index - 1)
  }
  return memberPlace(tokens, index)
}

const PLAIN_SIGN = /^(?:=|&&=|\|\|=|\?\?=)$/
const ANY_SIGN = /^(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=$|^\+\+$|^--$/

/** The sign of the assignment that failed; QuickJS points at its target, into its value, or behind it. */
function assignment({ tokens, index }: RawFailure, match: RegExpExecArray): number | undefined {
  const name = match[1] ?? match[2]
  const { text, partner } = tokens[index] as ScriptToken
  const target = text === '[' ? (partner ?? index) : text === '.' ? index + 1 : index
  const sign = signAfter(tokens, target)
  if (PLAIN_SIGN.test(tokens[sign]?.text ?? '') && target > 0) return sign
  if (text === '++' || text === '--') {
    return endsValue(tokens[index - 1]) ? index : expressionPlace(tokens, endOfOperand(tokens, index + 1))
  }
  if (ANY_SIGN.test(text)) return index
  const variable = match[2] === undefined ? undefined : variableChange(tokens, index, match[2])
  return variable ?? memberAssignment(tokens, index, name)
}

/** The next token that closes no parenthesis. */
function signAfter(tokens: Tokens, last: number): number {
  let next = last + 1
  while (tokens[next]?.text === ')') next += 1
  return next
}

const isMember = (tokens: Tokens, last: number) => /^\??\.$/.test(tokens[last - 1]?.text ?? '')

/** The nearest change of a variable before a token, or the next mention in a pattern. */
function variableChange(tokens: Tokens, index: number, name: string): number | undefined {
  for (let at = index; at >= 0; at--) {
    if (tokens[at]?.text !== name || isMember(tokens, at)) continue
    const before = tokens[at - 1]?.text ?? ''
    if (before === '++' || before === '--') return at
    const sign = signAfter(tokens, at)
    if (!/^(?:const|let|var)$/.test(before) && ANY_SIGN.test(tokens[sign]?.text ?? '')) return sign
  }
  const inPattern = tokens.findIndex(
    (token, at) => at > index && token.text === name && /^[{[,:]$/.test(tokens[at - 1]?.text ?? ''),
  )
  return tokens[index]?.text === name || inPattern < 0 ? undefined : inPattern
}

/** The sign before a token that is part of the value given to a member. */
function memberAssignment(tokens: Tokens, index: number, name: string | undefined): number | undefined {
  for (let at = index; at >= 0; at--) {
    const { text, partner } = tokens[at] as ScriptToken
    if (text === ';' || text === '{') return undefined
    if (partner !== undefined && partner < at) at = partner
    else if (PLAIN_SIGN.test(text)) {
      let last = at - 1
      while (tokens[last]?.text === ')') last -= 1
      if (tokens[last]?.text === ']') return at
      if (isMember(tokens, last) && (name === undefined || tokens[last]?.text === name)) return at
    }
  }
  return undefined
}

function endOfOperand(tokens: Tokens, start: number): number {
  let last = start
  for (;;) {
    const next = tokens[last + 1]
    if (next?.text === '.' || next?.text === '?.') last += 2
    else if ((next?.text === '[' || next?.text === '(') && next.partner !== undefined) last = next.partner
    else return last
  }
}

/** In `{ name }` QuickJS notes no place for the name. */
function shorthand({ tokens, index }: RawFailure, match: RegExpExecArray): number | undefined {
  const name = match[1] ?? match[2]
  if (tokens[index]?.text === name) return index
  for (let at = index + 1; at < tokens.length; at++) {
    if (tokens[at]?.text !== name) continue
    const [before, after] = [tokens[at - 1]?.text ?? '', tokens[at + 1]?.text ?? '']
    if (/^[{,]$/.test(before) && /^[},]$/.test(after)) return at
  }
  return undefined
}

/** For `new a.B` without parentheses QuickJS points behind it. */
function construction({ tokens, index }: RawFailure): number | undefined {
  if (tokens[index]?.text === '(') return undefined
  return constructionOf(tokens, index - 1)
}

function destructuringOrSpread(failure: RawFailure): number | undefined {
  const { tokens, index, message } = failure
  if (tokens[chainStart(tokens, index) - 1]?.text === 'delete') return undefined
  const isObject = message.startsWith('cannot convert')
  const iterated = isObject ? undefined : iteratedPlace(tokens, index)
  return iterated ?? findPattern(tokens, index, isObject)
}

/** For `...list` and `of list`, given a token of the list or the bracket that closes around it. */
function iteratedPlace(tokens: Tokens, index: number): number | undefined {
  let at = tokens[index]?.text === ')' ? index - 1 : index
  for (; at >= 0; at--) {
    const { text, partner } = tokens[at] as ScriptToken
    if (partner !== undefined && partner < at) at = partner
    else if (text === ';' || text === '{' || text === '=>') return undefined
    else if (text === '...' || text === 'of') break
  }
  if (at < 0) return undefined
  let open = at
  while (open >= 0 && !(tokens[open]?.partner !== undefined && (tokens[open]?.partner as number) > at)) {
    const { partner } = tokens[open] as ScriptToken
    open = partner !== undefined && partner < open ? partner - 1 : open - 1
  }
  if (tokens[at]?.text === '...' && tokens[open]?.text === '(') return callPlace(tokens, open)
  if (tokens[at + 1]?.text === 'await') return at + 1
  const { text } = tokens[index] as ScriptToken
  if (text === '.') return memberPlace(tokens, index)
  if (text === '(') return callPlace(tokens, index)
  return index
}
