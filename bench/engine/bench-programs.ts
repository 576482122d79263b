import type { JsonObject, JsonValue } from '../../src/contracts/json.ts'
import type { Program } from './contender.ts'

const WORDS = 'the quick brown fox jumps over the lazy dog while export const function return import from'.split(' ')

/** Text of about this many bytes, with lines as long as those of a source file. */
function textOf(bytes: number): string {
  let text = ''
  for (let line = 1; text.length < bytes; line++) {
    text += `${line}: ${WORDS.map((word, index) => (index % 3 === line % 3 ? word.toUpperCase() : word)).join(' ')}\n`
  }
  return text.slice(0, bytes)
}

const FILE_TEXT = textOf(16 * 1024)
const ROWS_COUNT = 11_000
const ROWS: JsonValue = Array.from({ length: ROWS_COUNT }, (_, id) => ({
  ...{ id, name: `item ${id}`, size: id * 37, tags: ['alpha', 'beta'], isOpen: id % 2 === 0, at: '2026-01-01' },
}))

async function answer(tool: string, _args: JsonObject): Promise<JsonValue> {
  if (tool === 'readFile') return { text: FILE_TEXT, lineCount: 200 }
  if (tool === 'listDir') return { entries: ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts', 'src/e.ts', 'src/f.ts'] }
  if (tool === 'grepFiles') return { text: FILE_TEXT }
  return { text: 'ok' }
}

const small = async (): Promise<JsonValue> => ({ text: 'ok' })
const rows = async (): Promise<JsonValue> => ROWS

/** The same program with another text, which is in no cache. */
export function anew(program: Program, number: number): Program {
  return { ...program, source: `${program.source}\n// ${number}` }
}

export const TRIVIAL: Program = { source: 'const answer = 6 * 7\nreturn answer' }

export const THREE_CALLS: Program = {
  source: `interface Listing { entries: string[] }
const { entries } = await tools.listDir({ dirPath: 'src' }) as Listing
const [first, second]: { text: string }[] = await Promise.all(
  entries.slice(0, 2).map((filePath: string) => tools.exec({ command: ['wc', filePath] })),
)
return { count: entries.length, texts: [first.text, second.text] }`,
  isTyped: true,
  call: answer,
}

/** 59 lines of TypeScript and 9 calls, each with a result of 16 KB. */
export const NINE_CALLS: Program = {
  source: `interface FileText {
  text: string
  lineCount: number
}
interface Listing {
  entries: string[]
}
type Count = Record<string, number>

interface Summary {
  path: string
  lines: number
  longest: number
  words: Count
  todo: string[]
}

const WORD: RegExp = /[A-Za-z_]+/g

function countWords(text: string): Count {
  const counts: Count = {}
  for (const line of text.split('\\n').slice(0, 20)) {
    for (const word of line.match(WORD) ?? []) {
      counts[word] = (counts[word] ?? 0) + 1
    }
  }
  return counts
}

function merge(left: Count, right: Count): Count {
  const all: Count = { ...left }
  for (const [word, count] of Object.entries(right)) {
    all[word] = (all[word] ?? 0) + (count as number)
  }
  return all
}

async function summarise(path: string): Promise<Summary> {
  const { text, lineCount } = (await tools.readFile({ filePath: path })) as FileText
  const lines: string[] = text.split('\\n')
  return {
    path,
    lines: lines.length + lineCount,
    longest: lines.reduce((most: number, line: string) => Math.max(most, line.length), 0),
    words: countWords(text),
    todo: lines.filter((line: string): boolean => line.includes('TODO')),
  }
}

const paths: string[] = ['a', 'b', 'c', 'd', 'e', 'f'].map((name: string) => \`src/\${name}.ts\`)
const summaries: Summary[] = await Promise.all(paths.map(summarise))
const found = (await tools.grepFiles({ pattern: 'export' })) as { text: string }
const words: Count = summaries.map(summary => summary.words).reduce(merge, {} as Count)
const top: [string, number][] = Object.entries(words)
  .sort((left: [string, number], right: [string, number]) => right[1] - left[1])
  .slice(0, 5)

const again = (await Promise.all([summarise('src/g.ts'), summarise('src/h.ts')])) as Summary[]
return { top, found: found.text.length, lines: again.map(one => one.lines) }`,
  isTyped: true,
  call: answer,
}

export const sequentialCalls = (count: number): Program => ({
  source: `let length = 0
for (let index = 0; index < ${count}; index++) length += (await tools.exec({ command: ['x'] })).text.length
return length`,
  call: small,
})

export const parallelCalls = (count: number): Program => ({
  source: `const all = await Promise.all(Array.from({ length: ${count} }, () => tools.exec({ command: ['x'] })))
return all.length`,
  call: small,
})

export const MEGABYTE_IN: Program = {
  source: `const rows = await tools.readFile({ filePath: 'rows.json' })\nreturn rows.length`,
  call: rows,
}

export const MEGABYTE_OUT: Program = {
  source: `const rows = []
for (let id = 0; id < ${ROWS_COUNT}; id++) {
  rows.push({ id, name: 'item ' + id, size: id * 37, tags: ['alpha', 'beta'], isOpen: id % 2 === 0, at: '2026-01-01' })
}
return rows`,
}

/** Ends where an engine polls for its deadline. */
export const ENDLESS_LOOP = 'while (true) {}'
/** Long work inside one native function, where an interpreter does not poll. */
export const NATIVE_JOIN = `return new Array(1e9).join('x').length`
export const HOSTILE_SOURCES: readonly string[] = [
  `return /^(a+)+$/.test('a'.repeat(40) + 'b')`,
  NATIVE_JOIN,
  `return 'a'.repeat(2e6).indexOf('a'.repeat(1e6) + 'b')`,
  `const wide = Array.from({ length: 3e5 }, () => ({ a: [1, 2, 3] }))\nwhile (true) JSON.stringify(wide)`,
]
export const NEVER_SETTLES = 'await new Promise(() => {})'
