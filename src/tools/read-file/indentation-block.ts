import { trim, trimStart } from '../rust-trim.ts'

interface BlockRequest {
  lines: readonly string[]
  /** Index of the anchor in `lines`. */
  anchor: number
  /** Effective indents of `lines`; a blank line has that of the line before it. */
  indents: readonly number[]
  linesMax: number
  /** 0 means all levels. */
  maxLevels: number
  includeSiblings: boolean
  includeHeader: boolean
}

/** Whether the block can grow by the next line on one side; the side is closed once it cannot. */
type TakesLine = (index: number) => boolean

const TAB_WIDTH = 4
const COMMENT_BEGINNINGS = ['#', '//', '--']

/** The indent of a line with content, tabs counting four; undefined for a blank one. */
export function indentOf(line: string): number | undefined {
  if (trimStart(line) === '') return undefined
  let width = 0
  for (const character of line) {
    if (character !== ' ' && character !== '\t') break
    width += character === '\t' ? TAB_WIDTH : 1
  }
  return width
}

/** The block around an anchor: grows by one line up and one down in turn, until indents or the limit end it. */
export function indentationBlock(request: BlockRequest): { start: number; end: number } {
  const { lines, anchor, linesMax } = request
  let start = anchor
  let end = anchor + 1
  if (linesMax === 1) return { start, end }
  const takesAbove = sideRule(request, 'above')
  const takesBelow = sideRule(request, 'below')
  let isOpenAbove = true
  let isOpenBelow = true
  while (end - start < linesMax && (isOpenAbove || isOpenBelow)) {
    isOpenAbove &&= start > 0 && takesAbove(start - 1)
    if (isOpenAbove) start--
    if (end - start >= linesMax) break
    isOpenBelow &&= end < lines.length && takesBelow(end)
    if (isOpenBelow) end++
  }
  while (start < end && trim(lines[start] as string) === '') start++
  while (end > start && trim(lines[end - 1] as string) === '') end--
  return { start, end }
}

/** At the outermost indent, one line per side is taken; above it also comments, as the block's header. */
function sideRule(request: BlockRequest, side: 'above' | 'below'): TakesLine {
  const { lines, indents, anchor, maxLevels, includeSiblings, includeHeader } = request
  const outermost = maxLevels === 0 ? 0 : Math.max(0, (indents[anchor] as number) - TAB_WIDTH * maxLevels)
  let taken = 0
  return index => {
    const indent = indents[index] as number
    if (indent !== outermost || includeSiblings) return indent >= outermost
    const isHeader = side === 'above' && includeHeader && isComment(lines[index] as string)
    if (!isHeader && taken > 0) return false
    taken++
    return true
  }
}

function isComment(line: string): boolean {
  const text = trim(line)
  return COMMENT_BEGINNINGS.some(beginning => text.startsWith(beginning))
}
