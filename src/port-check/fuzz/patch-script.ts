import type { Arbitrary } from 'fast-check'
import { LINES, NAMES } from './tree-script.ts'

type FastCheck = typeof import('fast-check')

/** One line of a change, told by the line of the file that it stands at. */
export type LineScript =
  | { kind: 'keep' | 'remove'; as: 'is' | 'spaced' | 'other' | 'blank' }
  | { kind: 'add'; text: string }

export interface ChunkScript {
  /** The line of the file it begins at; taken modulo the number of lines. */
  start: number
  /** How the line before it is named: not at all, by a bare `@@`, or by its text. */
  header: 'none' | 'bare' | 'line' | 'padded' | 'other'
  lines: LineScript[]
  hasEndOfFile: boolean
}

export type OperationScript =
  | { kind: 'add'; path: string; lines: string[] }
  | { kind: 'delete'; path: string }
  | { kind: 'update'; path: string; moveTo?: string | undefined; chunks: ChunkScript[] }

export type MutationScript = { kind: MutationKind; at: number; with: number }

export const MUTATIONS = [
  'drop-line',
  'repeat-line',
  'swap-lines',
  'insert-blank',
  'insert-line',
  'insert-marker',
  'indent',
  'trail',
  'carriage-return',
  'drop-first-character',
  'lower-case',
  'look-alike',
] as const
export type MutationKind = (typeof MUTATIONS)[number]

export const FRAMES = [
  'none',
  'final-newline',
  'blank-around',
  'padded-markers',
  'heredoc',
  'heredoc-quoted',
  'heredoc-mismatched',
  'cat-heredoc',
  'fence',
  'crlf',
  'no-begin',
  'no-end',
  'twice-end',
  'text-after',
  'mark',
  'environment',
] as const
export type Frame = (typeof FRAMES)[number]

/** A patch as choices that shrink well: what they mean depends on the tree. */
export interface PatchScript {
  operations: OperationScript[]
  mutations: MutationScript[]
  frame: Frame
  isByStdin: boolean
}

export function patchScripts(fc: FastCheck): Arbitrary<PatchScript> {
  const path = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...NAMES, 'link') },
    { weight: 2, arbitrary: fc.constantFrom(...NEW_PATHS) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_PATHS) },
  )
  const text = fc.constantFrom(...LINES)
  const line: Arbitrary<LineScript> = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('keep' as const, 'remove' as const),
        as: fc.oneof(
          { weight: 12, arbitrary: fc.constant('is' as const) },
          { weight: 1, arbitrary: fc.constantFrom('spaced' as const, 'other' as const, 'blank' as const) },
        ),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), text }) },
  )
  const chunk: Arbitrary<ChunkScript> = fc.record({
    start: fc.nat(8),
    header: fc.oneof(
      { weight: 5, arbitrary: fc.constant('bare' as const) },
      { weight: 2, arbitrary: fc.constantFrom('none' as const, 'line' as const) },
      { weight: 1, arbitrary: fc.constantFrom('padded' as const, 'other' as const) },
    ),
    lines: fc.array(line, { maxLength: 6 }),
    hasEndOfFile: fc.integer({ min: 0, max: 7 }).map(number => number === 7),
  })
  const operation: Arbitrary<OperationScript> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('update' as const),
        path,
        moveTo: fc.option(path, { nil: undefined, freq: 5 }),
        chunks: fc.array(chunk, { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('add' as const), path, lines: fc.array(text, { maxLength: 3 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), path }) },
  )
  const mutation = fc.record({ kind: fc.constantFrom(...MUTATIONS), at: fc.nat(19), with: fc.nat(29) })
  return fc.record({
    operations: fc.array(operation, { minLength: 0, maxLength: 3, size: 'max' }),
    mutations: fc.oneof(
      { weight: 3, arbitrary: fc.constant<MutationScript[]>([]) },
      { weight: 3, arbitrary: fc.array(mutation, { maxLength: 3 }) },
    ),
    frame: fc.oneof(
      { weight: 4, arbitrary: fc.constant('none' as const) },
      { weight: 2, arbitrary: fc.constantFrom(...FRAMES) },
    ),
    isByStdin: fc.integer({ min: 0, max: 5 }).map(number => number === 5),
  })
}

/** Never an absolute path of this machine, and never further up than the folder around the tree. */
const NEW_PATHS = ['new.txt', 'made/new.txt', 'sub/new.txt', 'linkdir/new.txt', 'made/of/many/new.txt', 'linkdir']

const ODD_PATHS = [
  './a.txt',
  'sub/../a.txt',
  'nope/../a.txt',
  'a.txt/',
  'a.txt/.',
  './/b.txt',
  'a.txt/x',
  'a.txt/../b.txt',
  'linkdir/../a.txt',
  '../up.txt',
  '{{CWD}}/a.txt',
  '{{CWD}}/sub/./c.txt',
  '',
  '.',
  './',
  '..',
  'sub',
  'sub/',
  ' a.txt',
  'a.txt ',
  'a\t.txt',
  'a.txt\u00a0',
  'a%20.txt',
  'a#b?c',
  'a\\b',
  '~/a.txt',
  '$HOME',
  '"a.txt"',
  'e\u0301.txt',
  '__proto__',
  'n'.repeat(256),
]
