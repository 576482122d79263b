import { isWord, type ScriptToken } from './script-tokens.ts'

type Tokens = readonly ScriptToken[]

const textAt = (tokens: Tokens, index: number) => tokens[index]?.text ?? ''
const partnerOf = (tokens: Tokens, index: number) => tokens[index]?.partner ?? index

/**
 * Where V8 places a value that could not be taken apart. QuickJS gives the last place it noted before the pattern, so
 * that the pattern is the next one: of the function that begins there, of the loop around, or of a later statement.
 */
export function findPattern(tokens: Tokens, index: number, isObject: boolean): number | undefined {
  const own = parameters(tokens, index)
  if (own !== undefined) {
    const inParameters = patternIn(tokens, [own, partnerOf(tokens, own)], isObject)
    if (inParameters !== undefined) return isObject ? firstProperty(tokens, inParameters) : own
  }
  const bound = loopPattern(tokens, index)
  const inLoop =
    bound === undefined ? undefined : patternIn(tokens, [bound - 1, partnerOf(tokens, bound) + 1], isObject)
  if (inLoop !== undefined) return isObject ? firstProperty(tokens, inLoop) : partnerOf(tokens, inLoop)
  for (let at = own === undefined ? index : partnerOf(tokens, own) + 2; at < tokens.length; at++) {
    const inner = nestedFunction(tokens, at)
    if (inner !== undefined) {
      at = inner
      continue
    }
    if (!isRoot(tokens, at)) continue
    const found = patternIn(tokens, [at - 1, partnerOf(tokens, at) + 1], isObject)
    if (found === undefined || (found === at && isTakenApart(tokens, at, isObject))) continue
    return isObject ? firstProperty(tokens, found) : initialPlace(tokens, at)
  }
  return undefined
}

/** The parenthesis that opens the parameters of the function that begins at this token. */
function parameters(tokens: Tokens, index: number): number | undefined {
  let at = index
  while (at < index + 4 && textAt(tokens, at) !== '(') at += 1
  if (textAt(tokens, at) !== '(') return undefined
  const after = textAt(tokens, partnerOf(tokens, at) + 1)
  const isFunction = tokens.slice(index, at).some(token => token.text === 'function')
  return after === '=>' || (after === '{' && (isFunction || isMethod(tokens, index, at))) ? at : undefined
}

function isMethod(tokens: Tokens, index: number, open: number): boolean {
  return isWord(tokens[index]) && !/^(?:if|for|while|switch|catch|with)$/.test(textAt(tokens, open - 1))
}

/** The last token of the function that begins at this token, but for an arrow's expression. */
function nestedFunction(tokens: Tokens, at: number): number | undefined {
  const text = textAt(tokens, at)
  const close = partnerOf(tokens, at)
  if (text === '=>') return textAt(tokens, at + 1) === '{' ? partnerOf(tokens, at + 1) : undefined
  if (text !== '(' || close === at) return undefined
  if (textAt(tokens, close + 1) === '=>') return close
  if (textAt(tokens, close + 1) !== '{' || /^(?:if|for|while|switch|catch|with)$/.test(textAt(tokens, at - 1))) {
    return undefined
  }
  return textAt(tokens, at - 1) === 'await' ? undefined : partnerOf(tokens, close + 1)
}

/** A bracket that begins a pattern: declared, assigned to, of a loop, or caught. */
function isRoot(tokens: Tokens, at: number): boolean {
  const text = textAt(tokens, at)
  if (text !== '{' && text !== '[') return false
  const [before, after] = [textAt(tokens, at - 1), textAt(tokens, partnerOf(tokens, at) + 1)]
  if (/^(?:const|let|var)$/.test(before)) return true
  if (before === '(' && textAt(tokens, at - 2) === 'catch') return true
  return after === '=' && (text === '{' || /^(?:|[;{}(])$/.test(before))
}

/** The first bracket of the wanted kind between two tokens. */
function patternIn(tokens: Tokens, [from, to]: readonly [number, number], isObject: boolean): number | undefined {
  for (let at = from + 1; at < to; at++) {
    const text = textAt(tokens, at)
    if (text === (isObject ? '{' : '[')) return at
    if (text === '=' || text === '(') return undefined
  }
  return undefined
}

/** The pattern of `for (const pattern of …)`, given a token of what is looped over. */
function loopPattern(tokens: Tokens, index: number): number | undefined {
  for (let at = index; at >= 0; at--) {
    const { text, partner } = tokens[at] as ScriptToken
    if (partner !== undefined && partner < at) at = partner
    else if (text === ';' || text === '{') return undefined
    else if (text === 'of') {
      const end = tokens[at - 1]?.partner
      return end !== undefined && /^[{[]$/.test(textAt(tokens, end)) ? end : undefined
    }
  }
  return undefined
}

/** V8 points at what the first property is given to, or at the bracket when that has no fixed name. */
function firstProperty(tokens: Tokens, open: number): number {
  const first = textAt(tokens, open + 1)
  if (first === '}' || first === '[') return open
  if (first === '...' || textAt(tokens, open + 2) === ':') return first === '...' ? open + 2 : open + 3
  return open + 1
}

/** A pattern without inner ones for a literal: QuickJS notes no place for either, and it cannot fail. */
function isTakenApart(tokens: Tokens, root: number, isObject: boolean): boolean {
  const end = partnerOf(tokens, root)
  if (textAt(tokens, end + 1) !== '=' || patternIn(tokens, [root, end], isObject) !== undefined) return false
  return (isObject ? /^["'`\d[{]/ : /^["'`[]/).test(textAt(tokens, end + 2))
}

/** V8 points at a declaration's value and at an assignment's sign. */
function initialPlace(tokens: Tokens, root: number): number {
  const sign = partnerOf(tokens, root) + 1
  return /^(?:const|let|var)$/.test(textAt(tokens, root - 1)) ? sign + 1 : sign
}
