import {
  BONUS_BOUNDARY,
  BONUS_CONSECUTIVE,
  BONUS_FIRST_CHARACTER_MULTIPLIER,
  bonusAt,
  PENALTY_GAP_EXTENSION,
  PENALTY_GAP_START,
  SCORE_MATCH,
} from './haystack.ts'
import type { Match } from './match.ts'
import type { Span } from './span-score.ts'

interface Cell {
  score: number
  /** Whether the character before is matched directly before this one. */
  isConsecutive: boolean
  consecutiveBonus: number
}

const UNMATCHED: Cell = { score: 0, isConsecutive: true, consecutiveBonus: 0 }

const GAP_FROM_MATCH = 1
const MATCH_IS_CONSECUTIVE = 2

/**
 * The best-scoring alignment of a needle of two or more characters within `start` … `end`; nucleo's variant of
 * Smith-Waterman with affine gaps. `rowStarts` are the first places each character can have, relative to `start`.
 */
export function bestAlignment(span: Span, start: number, end: number, rowStarts: readonly number[]): Match {
  const { haystack, text, needle } = span
  const width = end - start
  const bonuses = Array.from({ length: width }, (_, column) => bonusAt(haystack, start + column))
  const traces: Uint8Array[] = []
  let row = bonuses.map((bonus, column) =>
    text[start + column] === needle[0]
      ? { score: bonus * BONUS_FIRST_CHARACTER_MULTIPLIER + SCORE_MATCH, isConsecutive: false, consecutiveBonus: bonus }
      : UNMATCHED,
  )
  for (let index = 0; index < needle.length - 1; index++) {
    const trace = new Uint8Array(width)
    const next: Cell[] = new Array(width).fill(UNMATCHED)
    const nextStart = rowStarts[index + 1] as number
    let gap = 0
    let before = 0
    for (let column = rowStarts[index] as number; column < width; column++) {
      const fromMatch = Math.max(0, before - PENALTY_GAP_START)
      const fromGap = Math.max(0, gap - PENALTY_GAP_EXTENSION)
      gap = Math.max(fromMatch, fromGap)
      const cell = row[column] as Cell
      trace[column] = (fromMatch > fromGap ? GAP_FROM_MATCH : 0) | (cell.isConsecutive ? MATCH_IS_CONSECUTIVE : 0)
      before = cell.score
      const following = column + 1
      if (following >= nextStart && following < width && text[start + following] === needle[index + 1]) {
        next[following] = nextCell(cell, gap, bonuses[following] as number)
      }
    }
    traces.push(trace)
    row = next
  }
  return pathBack(row, traces, { start, lastRowStart: rowStarts.at(-1) as number })
}

function nextCell(previous: Cell, gap: number, bonus: number): Cell {
  if (previous === UNMATCHED) return { score: gap + bonus + SCORE_MATCH, isConsecutive: false, consecutiveBonus: bonus }
  let consecutiveBonus = Math.max(previous.consecutiveBonus, BONUS_CONSECUTIVE)
  if (bonus >= BONUS_BOUNDARY && bonus > consecutiveBonus) consecutiveBonus = bonus
  const direct = previous.score + Math.max(consecutiveBonus, bonus)
  const skipped = gap + bonus
  return direct > skipped
    ? { score: direct + SCORE_MATCH, isConsecutive: true, consecutiveBonus }
    : { score: skipped + SCORE_MATCH, isConsecutive: false, consecutiveBonus: bonus }
}

/** From the last of the best ends back through the traces. */
function pathBack(
  lastRow: readonly Cell[],
  traces: readonly Uint8Array[],
  { start, lastRowStart }: { start: number; lastRowStart: number },
): Match {
  let column = lastRowStart
  for (let candidate = lastRowStart; candidate < lastRow.length; candidate++) {
    if ((lastRow[candidate] as Cell).score >= (lastRow[column] as Cell).score) column = candidate
  }
  const { score, isConsecutive } = lastRow[column] as Cell
  const indices = [start + column]
  let isMatch = isConsecutive
  let row = traces.length - 1
  while (row >= 0) {
    column--
    const trace = traces[row]?.[column] as number
    if (isMatch) {
      indices.push(start + column)
      row--
      isMatch = (trace & MATCH_IS_CONSECUTIVE) !== 0
    } else isMatch = (trace & GAP_FROM_MATCH) !== 0
  }
  return { score, indices: indices.reverse() }
}
