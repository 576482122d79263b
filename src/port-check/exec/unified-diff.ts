type Edit = { kind: ' ' | '-' | '+'; line: string; before: number; after: number }

const CONTEXT_LINES = 1
const CELLS_MAX = 4_000_000

/** Two texts → the hunks that upstream announces before it changes a file: one line of context, no file header. */
export function unifiedDiff(before: string, after: string): string {
  const edits = editsOf(linesOf(before), linesOf(after))
  return hunksOf(edits).map(hunkText).join('')
}

/** With their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  const lengths = commonLengths(before, after)
  const edits: Edit[] = []
  let left = 0
  let right = 0
  while (left < before.length || right < after.length) {
    const place = { before: left, after: right }
    const [old, fresh] = [before[left], after[right]]
    if (old !== undefined && old === fresh) {
      edits.push({ kind: ' ', line: old, ...place })
      left++
      right++
    } else if (old !== undefined && (fresh === undefined || lengths(left + 1, right) >= lengths(left, right + 1))) {
      edits.push({ kind: '-', line: old, ...place })
      left++
    } else {
      edits.push({ kind: '+', line: fresh as string, ...place })
      right++
    }
  }
  return edits
}

/** How long the longest common part of the two rests is; 0 throughout for texts too long to say. */
function commonLengths(before: readonly string[], after: readonly string[]): (left: number, right: number) => number {
  const width = after.length + 1
  if ((before.length + 1) * width > CELLS_MAX) return () => 0
  const table = new Uint32Array((before.length + 1) * width)
  const at = (left: number, right: number) => table[left * width + right] ?? 0
  for (let left = before.length - 1; left >= 0; left--) {
    for (let right = after.length - 1; right >= 0; right--) {
      const isSame = before[left] === after[right]
      table[left * width + right] = isSame
        ? at(left + 1, right + 1) + 1
        : Math.max(at(left + 1, right), at(left, right + 1))
    }
  }
  return at
}

function hunksOf(edits: readonly Edit[]): Edit[][] {
  const hunks: Edit[][] = []
  let end = -1
  for (const [index, { kind }] of edits.entries()) {
    if (kind === ' ') continue
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
  const before = range(first.before, hunk.filter(({ kind }) => kind !== '+').length)
  const after = range(first.after, hunk.filter(({ kind }) => kind !== '-').length)
  const lines = hunk.map(({ kind, line }) =>
    line.endsWith('\n') ? kind + line : `${kind}${line}\n\\ No newline at end of file\n`,
  )
  return `@@ -${before} +${after} @@\n${lines.join('')}`
}

function range(start: number, length: number): string {
  if (length === 1) return String(start + 1)
  return `${length === 0 ? start : start + 1},${length}`
}
