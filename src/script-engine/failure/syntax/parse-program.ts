import { createRequire } from 'node:module'
import type { Options, Program } from 'acorn'
import { pairTokens, type ScriptToken, takeTokens, tokensOf } from './script-tokens.ts'

type Acorn = typeof import('acorn')

let loaded: Acorn | undefined

/** The parser, loaded with the first failure: most processes never need it. */
export function acorn(): Acorn {
  loaded ??= createRequire(import.meta.url)('acorn') as Acorn
  return loaded
}

export const PARSER_OPTIONS: Options = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: true,
}

export interface ParsedProgram {
  tokens: ScriptToken[]
  /** Absent when the code does not parse. */
  tree?: Program
}

/** The tree of a program and its tokens; of one that does not parse, the tokens up to where that shows. */
export function parseProgram(code: string): ParsedProgram {
  const { list, onToken } = takeTokens(code)
  try {
    const tree = acorn().parse(code, { ...PARSER_OPTIONS, preserveParens: true, onToken })
    return { tokens: pairTokens(list), tree }
  } catch {
    return { tokens: tokensOf(code) }
  }
}
