import type { Arbitrary } from 'fast-check'
import { LINES, NAMES } from './tree-script.ts'

type FastCheck = typeof import('fast-check')

/** How a line of a file is spelled in a patch: one for each tolerance that upstream has, and for some that it does not have. */
export const RESPELLINGS = ['spaced', 'trailing', 'look-alikes', 'unmapped', 'other', 'blank'] as const
export type Respelling = 'is' | (typeof RESPELLINGS)[number]

/** One line of a change, by the line of the file where it is. */
export type LineScript = { kind: 'keep' | 'remove'; as: Respelling } | { kind: 'add'; text: string }

export interface ChunkScript {
  /** Where it begins: this many lines after the chunk before it, at this line of the file, or so that it ends with the file. */
  place: 'after' | 'anywhere' | 'at-end'
  /** Taken modulo the number of lines. */
  start: number
  /** How the line before it is named: not at all, by a bare `@@`, or by its text. */
  header: 'none' | 'bare' | 'line' | 'padded' | 'look-alikes' | 'twice' | 'other'
  lines: LineScript[]
  hasEndOfFile: boolean
}

/** A path, or one of the tree's by its number, taken modulo their count. */
export type PathScript = string | number

export type OperationScript =
  | { kind: 'add'; path: PathScript; lines: string[] }
  | { kind: 'delete'; path: PathScript }
  | { kind: 'update'; path: PathScript; moveTo?: PathScript | undefined; chunks: ChunkScript[] }

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
  'final-newline',
  'blank-around',
  'padded-markers',
  'heredoc',
  'heredoc-quoted',
  'heredoc-loose-end',
  'heredoc-unended',
  'heredoc-mismatched',
  'cat-heredoc',
  'fence',
  'crlf',
  'no-begin',
  'no-end',
  'twice-end',
  'text-after',
  'text-between-ends',
  'mark',
  'carriage-return',
  'environment',
] as const
export type Frame = (typeof FRAMES)[number]

/** How the program is given the patch. */
export const INVOCATIONS = ['arg', 'input', 'named', 'alias', 'two-arguments', 'broken-bytes', 'nothing'] as const
export type Invocation = (typeof INVOCATIONS)[number]

/** A patch as choices that shrink well: what they mean depends on the tree. */
export interface PatchScript {
  operations: OperationScript[]
  mutations: MutationScript[]
  /** One around the other. */
  frames: Frame[]
  invocation: Invocation
}

export function patchScripts(fc: FastCheck): Arbitrary<PatchScript> {
  const ofTree = fc.nat(5)
  const odd = fc.constantFrom(...ODD_PATHS)
  const path: Arbitrary<PathScript> = fc.oneof(
    { weight: 3, arbitrary: ofTree },
    { weight: 3, arbitrary: fc.constantFrom(...NAMES, 'link') },
    { weight: 3, arbitrary: fc.constantFrom(...NEW_PATHS) },
    { weight: 1, arbitrary: odd },
  )
  const given: Arbitrary<PathScript> = fc.oneof(
    { weight: 30, arbitrary: ofTree },
    { weight: 1, arbitrary: path },
    { weight: 1, arbitrary: odd },
  )
  const operation = operationScripts(fc, { given, path })
  const mutation = fc.record({ kind: fc.constantFrom(...MUTATIONS), at: fc.nat(19), with: fc.nat(59) })
  return fc.record({
    operations: mostly(fc, fc.array(operation, { minLength: 1, maxLength: 3, size: 'max' }), fc.constant([])),
    mutations: fc.oneof(
      { weight: 7, arbitrary: fc.constant<MutationScript[]>([]) },
      { weight: 3, arbitrary: fc.array(mutation, { maxLength: 3 }) },
    ),
    frames: fc.oneof(
      { weight: 9, arbitrary: fc.constant<Frame[]>([]) },
      { weight: 2, arbitrary: fc.array(fc.constantFrom(...FRAMES), { minLength: 1, maxLength: 2 }) },
    ),
    invocation: fc.oneof(
      { weight: 24, arbitrary: fc.constant('arg' as const) },
      { weight: 4, arbitrary: fc.constant('input' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...INVOCATIONS) },
    ),
  })
}

interface PathScripts {
  /** Mostly of the tree. */
  given: Arbitrary<PathScript>
  /** Anywhere. */
  path: Arbitrary<PathScript>
}

function operationScripts(fc: FastCheck, { given, path }: PathScripts): Arbitrary<OperationScript> {
  const chunk = chunkScripts(fc)
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('update' as const),
        path: given,
        moveTo: fc.oneof(
          { weight: 15, arbitrary: fc.constant(undefined) },
          { weight: 4, arbitrary: path },
          { weight: 1, arbitrary: fc.constantFrom(...IN_THE_WAY) },
        ),
        chunks: fc.array(chunk, { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('add' as const),
        path,
        lines: fc.array(fc.constantFrom(...LINES), { maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), path: given }) },
  )
}

function chunkScripts(fc: FastCheck): Arbitrary<ChunkScript> {
  const line: Arbitrary<LineScript> = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('keep' as const, 'remove' as const),
        as: fc.oneof(
          { weight: 20, arbitrary: fc.constant('is' as const) },
          { weight: 2, arbitrary: fc.constantFrom(...RESPELLINGS) },
        ),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), text: fc.constantFrom(...LINES) }) },
  )
  return fc.record({
    start: fc.nat(12),
    place: fc.oneof(
      { weight: 8, arbitrary: fc.constant('after' as const) },
      { weight: 2, arbitrary: fc.constantFrom('anywhere' as const, 'at-end' as const) },
    ),
    header: fc.oneof(
      { weight: 5, arbitrary: fc.constant('bare' as const) },
      { weight: 2, arbitrary: fc.constantFrom('none' as const, 'line' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_HEADERS) },
    ),
    lines: mostly(fc, fc.array(line, { minLength: 1, maxLength: 6 }), fc.constant([])),
    hasEndOfFile: fc.integer({ min: 0, max: 7 }).map(number => number === 7),
  })
}

function mostly<Value>(fc: FastCheck, usual: Arbitrary<Value>, other: Arbitrary<Value>): Arbitrary<Value> {
  return fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: other })
}

const ODD_HEADERS = ['padded', 'look-alikes', 'twice', 'other'] as const

/** Where a move finds a folder, or a link that leads to one or nowhere. */
const IN_THE_WAY = ['sub', 'linkdir', 'link', 'a.txt/below', '.']

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
  'a\0b',
  'CON',
  'a.txt\u200b',
  '*** Move to: a.txt',
  'n'.repeat(256),
]
