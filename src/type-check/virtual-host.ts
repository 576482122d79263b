import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type ts from 'typescript-5.9'

export type TypeScript = typeof ts

export const SCRIPT_FILE = '/script.ts'
export const DECLARATIONS_FILE = '/declarations.d.ts'

/**
 * With this overload an initial value of type `any`, such as `{} as any`, makes the result of a `reduce` look like an
 * element; without it, like `any`, which it is.
 */
const MISLEADING_REDUCE = /^ *reduce(?:Right)?\(callbackfn: \(previousValue: T, .*, initialValue: T\): T;$/gm

export interface VirtualHost extends ts.CompilerHost {
  setFile(name: string, text: string): ts.SourceFile
}

/** Two files in memory and TypeScript's own library; a program sees nothing else of the disk. */
export function createVirtualHost(typescript: TypeScript, target: ts.ScriptTarget): VirtualHost {
  const folder = dirname(typescript.getDefaultLibFilePath({}))
  const files = new Map<string, ts.SourceFile>()
  const parse = (name: string, text: string) => typescript.createSourceFile(name, text, target)

  function library(name: string): ts.SourceFile | undefined {
    if (dirname(name) !== folder || !/^lib\.[\w.]*d\.ts$/.test(basename(name))) return undefined
    const known = files.get(name)
    if (known !== undefined) return known
    const file = parse(name, readFileSync(name, 'utf8').replace(MISLEADING_REDUCE, ''))
    files.set(name, file)
    return file
  }

  const find = (name: string) => files.get(name) ?? library(name)
  return {
    setFile(name, text) {
      const known = files.get(name)
      if (known?.text === text) return known
      const file = parse(name, text)
      files.set(name, file)
      return file
    },
    getSourceFile: find,
    fileExists: name => find(name) !== undefined,
    readFile: name => find(name)?.text,
    getDefaultLibFileName: () => join(folder, 'lib.d.ts'),
    getDefaultLibLocation: () => folder,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => {},
  }
}
