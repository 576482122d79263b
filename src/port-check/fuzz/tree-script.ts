import type { Arbitrary } from 'fast-check'
import { defined } from '../../base/defined.ts'
import { type Tree, type TreeEntry, treeOf } from '../corpus/tree.ts'

type FastCheck = typeof import('fast-check')

/** Lines that files and patches are made of: few, so that they repeat, and similar, so that fuzzy matching has work. */
export const LINES = [
  'a',
  'b',
  '',
  'one',
  '  one',
  'one  ',
  '\tone',
  'two - two',
  'two – two',
  "it's",
  'it’s',
  'say "x"',
  'say “x”',
  'x\u00a0y',
  'x y',
  ' ',
  'fn main() {',
  '}',
  '+plus',
  '-minus',
  '@@',
  '*** End Patch',
  '\ufeffbom',
  'nel\u0085',
  'Å\u200b',
  'A',
] as const

/** So few that a place is found more than once. */
const FEW_LINES = ['a', 'b', '', ' a', 'a ']

/** Names that a tree can have; patches use these and others. */
export const NAMES = ['a.txt', 'b.txt', 'sub/c.txt', 'd e.txt', 'é.txt', 'sub/deep/f.txt', 'g'] as const

type Ending = '\n' | '\r\n' | '\r' | 'mixed'

export interface FileScript {
  lines: string[]
  ending: Ending
  hasFinalEnding: boolean
  hasMark: boolean
}

export type EntryScript =
  | { kind: 'file'; file: FileScript; mode?: string | undefined }
  | { kind: 'link'; to: string }
  | { kind: 'folder' }
  | { kind: 'odd'; entry: TreeEntry }

/** A tree as choices that shrink well. */
export interface TreeScript {
  entries: { name: string; entry: EntryScript }[]
}

export function treeScripts(fc: FastCheck): Arbitrary<TreeScript> {
  const ending = fc.oneof(
    { weight: 6, arbitrary: fc.constant<Ending>('\n') },
    { weight: 1, arbitrary: fc.constantFrom<Ending>('\r\n', '\r', 'mixed') },
  )
  const file: Arbitrary<FileScript> = fc.record({
    lines: fc.oneof(
      { weight: 4, arbitrary: fc.array(fc.constantFrom(...LINES), { maxLength: 9, size: 'max' }) },
      { weight: 1, arbitrary: fc.array(fc.constantFrom(...FEW_LINES), { maxLength: 24, size: 'max' }) },
    ),
    ending,
    hasFinalEnding: fc.integer({ min: 0, max: 5 }).map(number => number < 4),
    hasMark: fc.integer({ min: 0, max: 9 }).map(number => number === 9),
  })
  const entry: Arbitrary<EntryScript> = fc.oneof(
    {
      weight: 14,
      arbitrary: fc.record({
        kind: fc.constant('file' as const),
        file,
        mode: fc.constantFrom(undefined, undefined, '755', '600', '444'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('link' as const), to: fc.constantFrom(...LINK_TARGETS) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'folder' as const }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('odd' as const), entry: fc.constantFrom(...ODD_FILES) }) },
  )
  const named = fc.record({ name: fc.constantFrom(...NAMES, ...LINK_NAMES), entry })
  return fc.record({ entries: fc.uniqueArray(named, { selector: ({ name }) => name, minLength: 1, maxLength: 5 }) })
}

const LINK_NAMES = ['link', 'linkdir']
const LINK_TARGETS = ['a.txt', 'b.txt', 'sub', 'nowhere', 'link', '.', '{{CWD}}/a.txt']
/** No UTF-8: a stray byte, one cut off at the end, a surrogate, an overlong form; and a text with a NUL. */
const ODD_FILES: readonly TreeEntry[] = [
  { f64: 'b25lCv8KdHdvCg==' },
  { f64: 'b25lCuKC' },
  { f64: '7aCACg==' },
  { f64: 'wIAK' },
  { f: 'one\0two\n' },
]

export function renderTree({ entries }: TreeScript): Tree {
  const files = new Set(entries.filter(({ entry }) => entry.kind !== 'folder').map(({ name }) => name))
  // A name below a file or a link is not possible.
  const possible = entries.filter(({ name }) => !parentsOf(name).some(parent => files.has(parent)))
  return treeOf(possible.map(({ name, entry }) => [name, renderEntry(entry)] as const))
}

function parentsOf(name: string): string[] {
  const parts = name.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

function renderEntry(entry: EntryScript): TreeEntry {
  switch (entry.kind) {
    case 'file':
      return { f: renderFile(entry.file), ...defined({ m: entry.mode }) }
    case 'link':
      return { l: entry.to }
    case 'folder':
      return { d: 1 }
    case 'odd':
      return entry.entry
  }
}

const MIXED = ['\n', '\r\n', '\r', '\n'] as const

function renderFile({ lines, ending, hasFinalEnding, hasMark }: FileScript): string {
  const text = lines
    .map((line, index) => {
      const isLast = index === lines.length - 1
      if (isLast && !hasFinalEnding) return line
      return line + (ending === 'mixed' ? MIXED[index % MIXED.length] : ending)
    })
    .join('')
  return hasMark ? `\ufeff${text}` : text
}
