import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'

const FILES_MAX = 2_000
const SCRIPTS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx']

/** Files of types alone are not loaded, so they are none of them. */
const SCRIPT_IMPORTS = [
  /(?:^|[\n;])\s*(?:import|export)\s+(?!type\s)[^'"`;]*?from\s*['"](\.[^'"]+)['"]/g,
  /(?:^|[\n;])\s*import\s*['"](\.[^'"]+)['"]/g,
  /\b(?:import|require)\(\s*['"](\.[^'"]+)['"]\s*\)/g,
  /\bnew URL\(\s*['"](\.[^'"]+)['"]/g,
]
const PYTHON_IMPORTS = [/^[ \t]*from[ \t]+(\.*[\w.]*)[ \t]+import\b/gm, /^[ \t]*import[ \t]+([\w.]+)/gm]

/** A source file and all local ones that it loads, and they load, by name. Packages are not followed. */
export async function importedFiles(start: string): Promise<string[]> {
  const found = new Set([start])
  for (const file of found) {
    const text = await readFile(file, 'utf8').catch(() => '')
    for (const next of importsOf(file, text)) if (found.size < FILES_MAX) found.add(next)
  }
  return [...found]
}

function importsOf(file: string, text: string): string[] {
  const isPython = extname(file) === '.py'
  if (!isPython && !SCRIPTS.includes(extname(file))) return []
  const names = (isPython ? PYTHON_IMPORTS : SCRIPT_IMPORTS).flatMap(pattern =>
    [...text.matchAll(pattern)].map(([, name = '']) => name),
  )
  return names.flatMap(name => (isPython ? pythonFile(file, name) : scriptFile(file, name)) ?? [])
}

function scriptFile(from: string, name: string): string | undefined {
  const path = join(dirname(from), name)
  const candidates = [
    path,
    path.replace(/\.([mc]?)js$/, '.$1ts'),
    ...SCRIPTS.map(extension => path + extension),
    ...SCRIPTS.map(extension => join(path, `index${extension}`)),
  ]
  return candidates.find(candidate => SCRIPTS.includes(extname(candidate)) && isFile(candidate))
}

/** `a.b` next to the file, `.a` the same, `..a` one folder up. */
function pythonFile(from: string, name: string): string | undefined {
  const [dots = ''] = /^\.*/.exec(name) ?? []
  const folder = join(dirname(from), ...Array.from({ length: Math.max(0, dots.length - 1) }, () => '..'))
  const path = join(folder, ...name.slice(dots.length).split('.'))
  return [`${path}.py`, join(path, '__init__.py')].find(isFile)
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}
