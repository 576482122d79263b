import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')
const SPECIFIER =
  /(?:^|\n)[ \t]*(import|export)\b( type\b)?[^'"\n]*(?:\{[^}]*\}\s*from\s*)?['"]([^'"\n]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+)['"]/g

export interface SourceImport {
  /** As written for a package; from the root of the repository for our own file. */
  target: string
  isFile: boolean
  isTypeOnly: boolean
  /** Named by `import()` or `new URL()`: read when it is needed, not when the file is. */
  isLazy: boolean
}

const known = new Map<string, SourceImport[]>()

/** Files below a folder, from the root of the repository, sorted. */
export function sourcesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts') && !path.includes('fixtures'))
    .map(path => join(folder, path))
    .sort()
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** What a file imports, read from its text. */
export function importsOf(path: string): SourceImport[] {
  const found =
    known.get(path) ??
    [...textOf(path).matchAll(SPECIFIER)].map(match => {
      const written = match[3] ?? match[4] ?? match[5] ?? ''
      const isFile = written.startsWith('.')
      const target = isFile ? relative(ROOT, join(ROOT, dirname(path), written)) : written
      return { target, isFile, isTypeOnly: match[2] !== undefined, isLazy: match[1] === undefined }
    })
  known.set(path, found)
  return found
}

/** The files that run when one does: all it imports, and what those import. */
export function reachableFrom(path: string): Set<string> {
  const reached = new Set<string>()
  const open = [path]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { target, isFile, isTypeOnly } of importsOf(next)) {
      if (!isFile || isTypeOnly || reached.has(target) || !target.endsWith('.ts')) continue
      if (!existsSync(join(ROOT, target))) continue
      reached.add(target)
      open.push(target)
    }
  }
  return reached
}
