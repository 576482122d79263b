/** One step of an edit script over lines. */
export interface LineEdit {
  kind: 'same' | 'removed' | 'added'
  line: string
}

/** Above it the changed middle is replaced as a whole: the table below would take too much memory. */
const TABLE_CELLS_MAX = 4_000_000

/** A shortest edit script between two lists of lines (longest common subsequence over the differing middle). */
export function diffLines(before: readonly string[], after: readonly string[]): LineEdit[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  const shorter = Math.min(before.length, after.length) - start
  while (end < shorter && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  return [
    ...same(before.slice(0, start)),
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ]
}

function diffMiddle(before: readonly string[], after: readonly string[]): LineEdit[] {
  if (before.length * after.length > TABLE_CELLS_MAX) return [...edits('removed', before), ...edits('added', after)]
  const common = commonLengths(before, after)
  const width = after.length + 1
  const script: LineEdit[] = []
  let left = 0
  let right = 0
  while (left < before.length && right < after.length) {
    const line = before[left] as string
    if (line === after[right]) {
      script.push({ kind: 'same', line })
      left++
      right++
    } else if ((common[(left + 1) * width + right] as number) >= (common[left * width + right + 1] as number)) {
      script.push({ kind: 'removed', line })
      left++
    } else {
      script.push({ kind: 'added', line: after[right] as string })
      right++
    }
  }
  return [...script, ...edits('removed', before.slice(left)), ...edits('added', after.slice(right))]
}

/** Cell (i, j): length of the longest common subsequence of `before` from i and `after` from j. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  for (let left = before.length - 1; left >= 0; left--)
    for (let right = after.length - 1; right >= 0; right--)
      lengths[left * width + right] =
        before[left] === after[right]
          ? (lengths[(left + 1) * width + right + 1] as number) + 1
          : Math.max(lengths[(left + 1) * width + right] as number, lengths[left * width + right + 1] as number)
  return lengths
}

function same(lines: readonly string[]): LineEdit[] {
  return edits('same', lines)
}

function edits(kind: LineEdit['kind'], lines: readonly string[]): LineEdit[] {
  return lines.map(line => ({ kind, line }))
}
