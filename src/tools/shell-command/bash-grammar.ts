import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Language, Parser } from 'web-tree-sitter'

/** The grammar of bash: next to this file in the published build, in a checkout in the package that the build copies it from. */
export function bashGrammarFile(): string {
  const built = join(import.meta.dirname, 'tree-sitter-bash.wasm')
  if (existsSync(built)) return built
  return createRequire(import.meta.url).resolve('tree-sitter-bash/tree-sitter-bash.wasm')
}

let loading: Promise<Parser> | undefined

/** The one parser of this process, loaded at its first use. */
export function bashParser(): Promise<Parser> {
  loading ??= loadParser()
  return loading
}

async function loadParser(): Promise<Parser> {
  await Parser.init()
  const parser = new Parser()
  parser.setLanguage(await Language.load(bashGrammarFile()))
  return parser
}
