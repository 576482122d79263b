import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Language, Parser } from 'web-tree-sitter'

/** The grammar of bash: beside this file in the published build, else from the package it is copied from. */
export function bashGrammarFile(): string {
  const beside = join(import.meta.dirname, 'tree-sitter-bash.wasm')
  if (existsSync(beside)) return beside
  return createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-bash.wasm')
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
