import type { Tree } from '../corpus/tree.ts'
import { framed } from './frame-text.ts'
import { mutateLines } from './mutate-lines.ts'
import type { ChunkScript, OperationScript, PatchScript, PathScript, Respelling } from './patch-script.ts'

/** The text of a patch for a tree. */
export function renderPatch({ operations, mutations, frames }: PatchScript, tree: Tree): string {
  const lines = ['*** Begin Patch', ...operations.flatMap(one => operationLines(one, tree)), '*** End Patch']
  return frames.reduce(framed, mutateLines(lines, mutations).join('\n'))
}

function operationLines(operation: OperationScript, tree: Tree): string[] {
  const path = pathIn(tree, operation.path)
  switch (operation.kind) {
    case 'add':
      return [`*** Add File: ${path}`, ...operation.lines.map(line => `+${line}`)]
    case 'delete':
      return [`*** Delete File: ${path}`]
    case 'update': {
      const { moveTo, chunks } = operation
      const content = contentOf(path, tree)
      return [
        `*** Update File: ${path}`,
        ...(moveTo === undefined ? [] : [`*** Move to: ${pathIn(tree, moveTo)}`]),
        ...chunksLines(chunks, content),
      ]
    }
  }
}

function pathIn(tree: Tree, path: PathScript): string {
  if (typeof path === 'string') return path
  const names = Object.keys(tree)
  return names[path % names.length] ?? 'a.txt'
}

/** What a patch's author sees of a file; of one that is spelled oddly, too. */
function contentOf(path: string, tree: Tree): readonly string[] {
  const name = path
    .trim()
    .replace('{{CWD}}/', '')
    .replace(/^(?:\.\/+|sub\/\.\.\/|nope\/\.\.\/)/, '')
    .replace(/\/+\.?$/, '')
  const entry = tree[name]
  const target = entry?.l === undefined ? entry : tree[entry.l]
  return (target?.f ?? '').split(/\r\n|\r|\n/)
}

/** Mostly one chunk after the other, of lines that are there. */
function chunksLines(chunks: readonly ChunkScript[], content: readonly string[]): string[] {
  const count = content.at(-1) === '' ? content.length - 1 : content.length
  let next = 0
  return chunks.flatMap(({ place, start, header, lines, hasEndOfFile }) => {
    const asked = lines.filter(({ kind }) => kind !== 'add').length
    const first = { after: next + (start % 3), anywhere: start % (count + 1), 'at-end': Math.max(0, count - asked) }[
      place
    ]
    next = first
    const body = lines.flatMap(line => {
      if (line.kind === 'add') return [`+${line.text}`]
      if (next >= count && place !== 'anywhere') return []
      return [(line.kind === 'keep' ? ' ' : '-') + respelled(content[next++] ?? '', line.as)]
    })
    // Nothing is left of it where the file has ended; a chunk without lines must be intended.
    if (body.length === 0 && lines.length > 0) return []
    return [...headerLines(header, content[first - 1] ?? ''), ...body, ...(hasEndOfFile ? [END] : [])]
  })
}

const END = '*** End of File'

function headerLines(header: ChunkScript['header'], before: string): string[] {
  switch (header) {
    case 'none':
      return []
    case 'bare':
      return ['@@']
    case 'line':
      return [`@@ ${before}`]
    case 'padded':
      return [`@@   ${before}  `]
    case 'look-alikes':
      return [`@@ ${respelled(before, 'look-alikes')}`]
    case 'twice':
      return [`@@ ${before}`, '@@']
    case 'other':
      return ['@@ nowhere']
  }
}

function respelled(line: string, as: Respelling): string {
  switch (as) {
    case 'is':
      return line
    case 'spaced':
      return ` ${line.trim()}\t`
    case 'trailing':
      return `${line}\u00a0 `
    case 'look-alikes':
      return replaced(line, LOOK_ALIKES)
    case 'unmapped':
      return replaced(line, UNMAPPED)
    case 'other':
      return `${line}!`
    case 'blank':
      return ''
  }
}

function replaced(line: string, pairs: Readonly<Record<string, string>>): string {
  return [...line].map(character => pairs[character] ?? character).join('')
}

/** Both ways: look-alikes in files and plain characters in patches, and the reverse. */
const LOOK_ALIKES = {
  '-': '\u2212',
  '–': '-',
  "'": '\u201b',
  '’': "'",
  '"': '\u201f',
  '“': '"',
  '”': '"',
  ' ': '\u3000',
  '\u00a0': ' ',
}

/** Characters that look the same to people only. */
const UNMAPPED = { '-': '\u2043', "'": '\u02bc', '"': '\u2033', ' ': '\u2001', o: 'о', e: 'е', a: 'а' }
