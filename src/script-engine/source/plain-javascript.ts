import { Script } from 'node:vm'

/** Longer sources would block the caller in V8's parser for more than a millisecond. */
const LENGTH_MAX = 64 * 1024

/** Words that only TypeScript gives a meaning, at the end of a line, and comments of HTML. */
const READ_DIFFERENTLY =
  /<!--|-->|\b(?:abstract|accessor|as|declare|global|interface|module|namespace|override|private|protected|public|readonly|satisfies|static|type)[ \t]*(?:[\r\n\u2028\u2029]|\/[/*])/
const CLOSING_BRACKET = /(?<!=)>/g

/** JavaScript compares in `f<T>(x)`, where TypeScript calls. */
function mayHaveTypeArguments(code: string): boolean {
  const opening = code.indexOf('<')
  CLOSING_BRACKET.lastIndex = opening
  return opening >= 0 && CLOSING_BRACKET.test(code)
}

/**
 * Whether code is JavaScript that has no types to take away. V8 only parses it, which a source can neither break nor
 * make slow, as it can Node's parser of TypeScript. False in all doubt.
 */
export function isPlainJavaScript(code: string): boolean {
  if (code.length > LENGTH_MAX || mayHaveTypeArguments(code) || READ_DIFFERENTLY.test(code)) return false
  try {
    new Script(`'use strict';${code}`)
    return true
  } catch {
    return false
  }
}
