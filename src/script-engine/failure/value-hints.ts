import type { HintPlace } from './failure-hints.ts'
import { chainStart } from './syntax/member-chain.ts'
import { isName, isWord, type ScriptToken } from './syntax/script-tokens.ts'

type Tokens = readonly ScriptToken[]

const CONTEXT = 'context has workingDirectory, conversationId, limits and env'
const TEXT_LENGTH_MAX = 60
const textAt = (tokens: Tokens, index: number) => tokens[index]?.text ?? ''
const partnerOf = (tokens: Tokens, index: number) => tokens[index]?.partner ?? index

/** What a value was missing that is a promise, nothing, or of `context`. */
export function valueHint(message: string, place: HintPlace): string | undefined {
  if (!/^not a function$|^cannot read property|^value is not iterable$|^cannot convert to object$/.test(message)) {
    return undefined
  }
  const { tokens } = place
  // Behind a call a place is that of the dot.
  const index = /^\??\.$/.test(textAt(tokens, place.index)) ? place.index - 1 : place.index
  const start = chainStart(tokens, index)
  const root = textAt(tokens, start)
  if (root === 'context' && start < index) return CONTEXT
  if (promiseCall(tokens, start) !== undefined) {
    return `${nameOf(tokens, start)}(…) gives a promise: write (await ${nameOf(tokens, start)}(…))`
  }
  const ofVariable = isName(tokens[start]) ? variableHint(tokens, start) : undefined
  return ofVariable ?? UNCLEAR.find(([pattern]) => pattern.test(message))?.[1]
}

/** What QuickJS says of patterns and loops does not say what is wrong. */
const UNCLEAR: [message: RegExp, hint: string][] = [
  [/^cannot convert to object$/, 'it is null or undefined'],
  [/^cannot read property 'Symbol\.iterator' of/, 'what is iterated over is null or undefined'],
  [/^value is not iterable$/, 'it is no array: of an object use Object.entries, Object.keys or Object.values'],
]

/** `not a function` as V8 says it: with what was called. */
export function notCallable({ tokens, index }: HintPlace): string {
  const isNew = textAt(tokens, index) === 'new'
  const start = isNew ? index + 1 : chainStart(tokens, index)
  const text = isNew
    ? nameOf(tokens, start)
    : tokens.slice(start, index + 1).reduce((all, token) => all + token.text, '')
  const words = isNew ? 'not a constructor' : 'not a function'
  return isWord(tokens[start]) && text.length <= TEXT_LENGTH_MAX ? `${text} is ${words}` : words
}

/** `tools.readFile` of `tools.readFile(…).text` */
function nameOf(tokens: Tokens, start: number): string {
  let name = textAt(tokens, start)
  for (let at = start + 1; textAt(tokens, at) === '.'; at += 2) name += `.${textAt(tokens, at + 1)}`
  return name.slice(0, TEXT_LENGTH_MAX)
}

/** The parenthesis of a call that gives a promise, for a chain that begins with one. */
function promiseCall(tokens: Tokens, start: number): number | undefined {
  let at = start
  while (textAt(tokens, at + 1) === '.') at += 2
  if (textAt(tokens, at + 1) !== '(') return undefined
  const root = textAt(tokens, start)
  const isPromise = (root === 'tools' || root === 'Promise') && at > start
  return isPromise || (at === start && functionNamed(tokens, root)?.isAsync === true) ? at + 1 : undefined
}

interface OwnFunction {
  isAsync: boolean
  /** Its block has no `return`. */
  returnsNothing: boolean
}

/** The function of the script that has this name. */
function functionNamed(tokens: Tokens, name: string): OwnFunction | undefined {
  for (let at = 0; at < tokens.length; at++) {
    if (textAt(tokens, at) !== name) continue
    const isDeclared = textAt(tokens, at - 1) === 'function'
    if (!isDeclared && !(/^(?:const|let|var)$/.test(textAt(tokens, at - 1)) && textAt(tokens, at + 1) === '=')) continue
    const first = isDeclared ? at + 1 : at + 2
    const isAsync = textAt(tokens, isDeclared ? at - 2 : first) === 'async'
    const open = [first, first + 1, first + 2].find(each => textAt(tokens, each) === '(')
    if (open === undefined) return undefined
    const body = partnerOf(tokens, open) + (isDeclared || textAt(tokens, partnerOf(tokens, open) + 1) !== '=>' ? 1 : 2)
    const isFunction = isDeclared || textAt(tokens, body - 1) === '=>' || textAt(tokens, first) === 'function'
    if (!isFunction) return undefined
    const block = tokens.slice(body, partnerOf(tokens, body))
    return { isAsync, returnsNothing: textAt(tokens, body) === '{' && !block.some(({ text }) => text === 'return') }
  }
  return undefined
}

/** The first token of the value that a variable was declared with, seen from a place behind. */
function valueOfVariable(tokens: Tokens, from: number): number | undefined {
  const name = textAt(tokens, from)
  for (let at = from - 1; at >= 0; at--) {
    if (!/^(?:const|let|var)$/.test(textAt(tokens, at))) continue
    const end = partnerOf(tokens, at + 1)
    if (textAt(tokens, end + 1) !== '=') continue
    if (tokens.slice(at + 1, end + 1).some(({ text }) => text === name)) return end + 2
  }
  return undefined
}

function variableHint(tokens: Tokens, from: number): string | undefined {
  const name = textAt(tokens, from)
  const value = valueOfVariable(tokens, from)
  if (value === undefined) return undefined
  if (promiseCall(tokens, value) !== undefined) {
    return `\`${name}\` comes from a promise: write await ${nameOf(tokens, value)}(…)`
  }
  const last = endOfChain(tokens, value)
  if (isAsyncMap(tokens, value, last)) return `\`${name}\` holds promises: write await Promise.all(…) around the map`
  const called = textAt(tokens, value) === 'await' ? value + 1 : value
  if (textAt(tokens, called + 1) === '(' && functionNamed(tokens, textAt(tokens, called))?.returnsNothing) {
    return `\`${textAt(tokens, called)}\` returns nothing: write return in it`
  }
  return undefined
}

function endOfChain(tokens: Tokens, start: number): number {
  let last = Math.max(start, partnerOf(tokens, start))
  for (;;) {
    const next = textAt(tokens, last + 1)
    if (next === '.') last += 2
    else if ((next === '(' || next === '[') && partnerOf(tokens, last + 1) > last) last = partnerOf(tokens, last + 1)
    else return last
  }
}

function isAsyncMap(tokens: Tokens, start: number, last: number): boolean {
  const open = partnerOf(tokens, last)
  return open > start && textAt(tokens, open - 1) === 'map' && textAt(tokens, open + 1) === 'async'
}
