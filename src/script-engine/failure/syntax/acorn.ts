import { createRequire } from 'node:module'
import type { Options } from 'acorn'

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
