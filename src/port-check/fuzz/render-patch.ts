import type { Tree } from '../tree.ts'
import { mutateLines } from './mutate-lines.ts'
import type { ChunkScript, Frame, OperationScript, PatchScript } from './patch-script.ts'

/** The text of a patch for a tree. */
export function renderPatch({ operations, mutations, frame }: PatchScript, tree: Tree): string {
  const lines = ['*** Begin Patch', ...operations.flatMap(one => operationLines(one, tree)), '*** End Patch']
  return framed(mutateLines(lines, mutations), frame)
}

function operationLines(operation: OperationScript, tree: Tree): string[] {
  switch (operation.kind) {
    case 'add':
      return [`*** Add File: ${operation.path}`, ...operation.lines.map(line => `+${line}`)]
    case 'delete':
      return [`*** Delete File: ${operation.path}`]
    case 'update': {
      const { path, moveTo, chunks } = operation
      const content = contentOf(path, tree)
      return [
        `*** Update File: ${path}`,
        ...(moveTo === undefined ? [] : [`*** Move to: ${moveTo}`]),
        ...inFileOrder(chunks, content.length).flatMap(chunk => chunkLines(chunk, content)),
      ]
    }
  }
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

/** Most patches have their chunks in order; an odd first start turns the order round. */
function inFileOrder(chunks: readonly ChunkScript[], count: number): ChunkScript[] {
  const sorted = chunks.toSorted((left, right) => (left.start % count) - (right.start % count))
  return (chunks[0]?.start ?? 0) % 8 === 7 ? sorted.reverse() : sorted
}

function chunkLines({ start, header, lines, hasEndOfFile }: ChunkScript, content: readonly string[]): string[] {
  let at = start % content.length
  const body = lines.map(line => {
    if (line.kind === 'add') return `+${line.text}`
    const original = content[at] ?? ''
    at++
    return (line.kind === 'keep' ? ' ' : '-') + respelled(original, line.as)
  })
  return [...headerLines(header, content[(start % content.length) - 1] ?? ''), ...body, ...(hasEndOfFile ? [END] : [])]
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
    case 'other':
      return ['@@ nowhere']
  }
}

function respelled(line: string, as: 'is' | 'spaced' | 'other' | 'blank'): string {
  switch (as) {
    case 'is':
      return line
    case 'spaced':
      return ` ${line.trim()}\t`
    case 'other':
      return `${line}!`
    case 'blank':
      return ''
  }
}

function framed(lines: readonly string[], frame: Frame): string {
  const text = lines.join('\n')
  const inner = lines.slice(1, -1)
  switch (frame) {
    case 'none':
      return text
    case 'final-newline':
      return `${text}\n`
    case 'blank-around':
      return `\n \t\n${text}\n\n\u00a0\n`
    case 'padded-markers':
      return ['  *** Begin Patch \t', ...inner, '\t*** End Patch  '].join('\n')
    case 'heredoc':
      return `<<EOF\n${text}\nEOF`
    case 'heredoc-quoted':
      return `<<'EOF'\n${text}\nEOF\n`
    case 'heredoc-mismatched':
      return `<<"EOF'\n${text}\nEOF`
    case 'cat-heredoc':
      return `cat <<EOF\n${text}\nEOF`
    case 'fence':
      return `\`\`\`\n${text}\n\`\`\``
    case 'crlf':
      return lines.join('\r\n')
    case 'no-begin':
      return lines.slice(1).join('\n')
    case 'no-end':
      return lines.slice(0, -1).join('\n')
    case 'twice-end':
      return `${text}\n*** End Patch`
    case 'text-after':
      return `${text}\nthanks`
    case 'mark':
      return `\ufeff${text}`
    case 'environment':
      return [lines[0], '*** Environment ID: here', ...lines.slice(1)].join('\n')
  }
}
