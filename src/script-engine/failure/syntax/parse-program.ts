import type { Program } from 'acorn'
import { acorn, PARSER_OPTIONS } from './acorn.ts'
import { pairTokens, type ScriptToken, takeTokens, tokensOf } from './script-tokens.ts'

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
