import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fenced } from './markdown.ts'

const SRC = join(import.meta.dirname, '..', '..', 'src')

/** Entry as a user imports it → its file. */
const ENTRIES = { scriptbench: 'index.ts', 'scriptbench/engine': 'engine.ts' }

/** The text of `docs/api.md`: what the public entries export, with the comments of their sources. */
export function apiPage(): string {
  return `${[
    '# The API',
    'What the two public entries export. Everything else is internal and can change at any time. This page is generated from the sources (`npm run docs`); a test fails when it is out of date.',
    ...Object.entries(ENTRIES).map(([name, file]) => entrySection(name, file)),
  ].join('\n\n')}\n`
}

function entrySection(name: string, file: string): string {
  const source = read(file)
  const lines = source.split('\n')
  const about = commentBefore(lines, lines.findIndex(line => line.endsWith('*/')) + 1)
  const sections = exportsOf(source).flatMap(({ from, names }) => names.map(each => declarationSection(from, each)))
  return [`## \`${name}\``, about, ...sections].join('\n\n')
}

interface Reexport {
  from: string
  names: string[]
}

function exportsOf(source: string): Reexport[] {
  const found = source.matchAll(/^export (?:type )?\{([^}]*)\} from '\.\/([^']+)'$/gm)
  return [...found].map(([, list = '', from = '']) => ({
    from,
    names: list.split(',').flatMap(item => item.replace(/^\s*type\s+/, '').trim() || []),
  }))
}

function declarationSection(file: string, name: string): string {
  const lines = read(file).split('\n')
  const at = lines.findIndex(line =>
    new RegExp(`^export (?:interface|type|const|function|class) ${name}\\b`).test(line),
  )
  if (at === -1) throw new Error(`${file}: no declaration of ${name}, which a public entry exports`)
  const comment = commentBefore(lines, at)
  return [`### \`${name}\``, ...(comment === '' ? [] : [comment]), fenced(declarationAt(lines, at), 'ts')].join('\n\n')
}

function commentBefore(lines: readonly string[], at: number): string {
  if (!lines[at - 1]?.endsWith('*/')) return ''
  const start = lines.findLastIndex((line, index) => index < at && line.startsWith('/**'))
  return lines
    .slice(start, at)
    .map(line => line.replace(/^\/\*\* ?|\s*\*\/$|^ \* ?/g, ''))
    .join('\n')
    .trim()
}

/** A function's head; any other declaration whole, up to the blank line behind it. */
function declarationAt(lines: readonly string[], at: number): string {
  const rest = lines.slice(at)
  if (/^export (async )?function/.test(rest[0] as string)) {
    const end = rest.findIndex((line, index) => (index === 0 || line.startsWith(')')) && line.endsWith(' {'))
    return [...rest.slice(0, end), (rest[end] as string).slice(0, -2)].join('\n')
  }
  const end = rest.findIndex(
    (line, index) =>
      line === '}' ||
      (index > 0 && line !== '' && /^\S/.test(line) && !/^[})\]]/.test(line)) ||
      (line === '' && depthOf(rest.slice(0, index)) === 0),
  )
  return rest
    .slice(0, rest[end] === '}' ? end + 1 : end)
    .join('\n')
    .trimEnd()
}

function depthOf(lines: readonly string[]): number {
  const text = lines.join('\n')
  return [...text].reduce(
    (depth, character) => depth + ('{[('.includes(character) ? 1 : '}])'.includes(character) ? -1 : 0),
    0,
  )
}

function read(file: string): string {
  return readFileSync(join(SRC, file), 'utf8')
}
