import { diffLines, type LineEdit } from '../../base/diff-lines.ts'

type Edit = LineEdit & { before: number; after: number }

const CONTEXT_LINES = 1
const MARK = { same: ' ', removed: '-', added: '+' } as const

/** Two texts → the hunks that upstream announces before it changes a file: one line of context, no file header. */
export function unifiedDiff(before: string, after: string): string {
  const edits = editsOf(linesOf(before), linesOf(after))
  return hunksOf(edits).map(hunkText).join('')
}

/** With their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** The edit script, each step with how many lines of both texts come before it. */
function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  const place = { before: 0, after: 0 }
  return diffLines(before, after).map(({ kind, line }) => {
    const edit = { kind, line, ...place }
    if (kind !== 'added') place.before++
    if (kind !== 'removed') place.after++
    return edit
  })
}

function hunksOf(edits: readonly Edit[]): Edit[][] {
  const hunks: Edit[][] = []
  let end = -1
  for (const [index, { kind }] of edits.entries()) {
    if (kind === 'same') continue
    const start = Math.max(index - CONTEXT_LINES, end)
    if (hunks.length === 0 || index - CONTEXT_LINES > end) hunks.push([])
    const stop = Math.min(index + CONTEXT_LINES + 1, edits.length)
    hunks.at(-1)?.push(...edits.slice(Math.max(start, 0), stop))
    end = stop
  }
  return hunks
}

function hunkText(hunk: readonly Edit[]): string {
  const [first] = hunk as [Edit]
  const before = range(first.before, hunk.filter(({ kind }) => kind !== 'added').length)
  const after = range(first.after, hunk.filter(({ kind }) => kind !== 'removed').length)
  const lines = hunk.map(({ kind, line }) =>
    line.endsWith('\n') ? MARK[kind] + line : `${MARK[kind]}${line}\n\\ No newline at end of file\n`,
  )
  return `@@ -${before} +${after} @@\n${lines.join('')}`
}

function range(start: number, length: number): string {
  if (length === 1) return String(start + 1)
  return `${length === 0 ? start : start + 1},${length}`
}
