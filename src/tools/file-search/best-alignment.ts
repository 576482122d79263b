import type { Match } from './match.ts'
import {
  BONUS_BOUNDARY,
  BONUS_CONSECUTIVE,
  BONUS_FIRST_CHARACTER_MULTIPLIER,
  PENALTY_GAP_EXTENSION,
  PENALTY_GAP_START,
  SCORE_MATCH,
} from './search-profile.ts'
import type { Span } from './span-score.ts'

/** The part of a path that contains every alignment. */
interface Window {
  start: number
  end: number
  /** The first places that the needle's characters can have. */
  places: readonly number[]
}

/** A row of the matrix: for each column the best alignment that ends there with the needle's character of the row. */
interface Row {
  scores: Int32Array
  /** What a character matched directly after is worth at least; −1 where this one does not match. */
  bonuses: Int8Array
  /** 1 where the character before is matched directly before. */
  areDirect: Uint8Array
}

/** For one row and column: how the best alignment with a gap there came to be, and whether a match follows a match. */
const GAP_FROM_MATCH = 1
const MATCH_IS_DIRECT = 2

/** One row for all: thousands of paths are aligned for a query, and most of the time would go into its allocation. */
let scratch = createRow(1024)

function createRow(width: number): Row {
  return { scores: new Int32Array(width), bonuses: new Int8Array(width), areDirect: new Uint8Array(width) }
}

/**
 * The best-scoring alignment of a needle of two or more characters; nucleo's variant of Smith-Waterman with affine
 * gaps.
 */
export function bestAlignment(span: Span, window: Window): Match {
  const { end, score } = align(span, window)
  return { score, indices: () => pathTo(end, span, window) }
}

/** The last of the best ends; what is needed to find the way back from it goes to `traces`. */
function align(span: Span, window: Window, traces?: Uint8Array[]): { end: number; score: number } {
  const { needle } = span
  const width = window.end - window.start
  if (width > scratch.scores.length) scratch = createRow(2 * width)
  const row = scratch
  fillFirst(row, span, window)
  for (let index = 0; index < needle.length - 1; index++) {
    const trace = traces && new Uint8Array(width)
    if (trace) traces.push(trace)
    advance(row, span, { ...window, index, trace })
  }
  let end = (window.places.at(-1) as number) - window.start
  for (let column = end; column < width; column++) {
    if ((row.scores[column] as number) >= (row.scores[end] as number)) end = column
  }
  return { end, score: row.scores[end] as number }
}

function fillFirst(row: Row, { haystack, text, needle }: Span, { start, end }: Window): void {
  const wanted = needle[0]
  for (let column = 0; column < end - start; column++) {
    const isMatch = text[start + column] === wanted
    const bonus = haystack.bonuses[start + column] as number
    row.scores[column] = isMatch ? bonus * BONUS_FIRST_CHARACTER_MULTIPLIER + SCORE_MATCH : 0
    row.bonuses[column] = isMatch ? bonus : -1
    row.areDirect[column] = 0
  }
}

/** Turns the row of one character of the needle into that of the next, in place. */
function advance(
  { scores, bonuses, areDirect }: Row,
  { haystack, text, needle }: Span,
  { start, end, places, index, trace }: Window & { index: number; trace: Uint8Array | undefined },
): void {
  const wanted = needle[index + 1]
  const nextPlace = places[index + 1] as number
  let gap = 0
  let previous = 0
  let nextScore = 0
  let nextBonus = -1
  let nextIsDirect = 0
  for (let column = (places[index] as number) - start; column < end - start; column++) {
    const fromMatch = Math.max(0, previous - PENALTY_GAP_START)
    const fromGap = Math.max(0, gap - PENALTY_GAP_EXTENSION)
    gap = Math.max(fromMatch, fromGap)
    const score = scores[column] as number
    const consecutive = bonuses[column] as number
    if (trace) {
      trace[column] = (fromMatch > fromGap ? GAP_FROM_MATCH : 0) | (areDirect[column] === 1 ? MATCH_IS_DIRECT : 0)
    }
    scores[column] = nextScore
    bonuses[column] = nextBonus
    areDirect[column] = nextIsDirect
    previous = score
    nextScore = 0
    nextBonus = -1
    nextIsDirect = 0
    const place = start + column + 1
    if (place < nextPlace || text[place] !== wanted) continue
    const bonus = haystack.bonuses[place] as number
    const raised = raisedBonus(consecutive, bonus)
    const direct = consecutive < 0 ? -1 : score + Math.max(raised, bonus)
    nextIsDirect = direct > gap + bonus ? 1 : 0
    nextScore = Math.max(direct, gap + bonus) + SCORE_MATCH
    nextBonus = nextIsDirect === 1 ? raised : bonus
  }
}

/** What the characters of a run are worth at least, after one more of them. */
function raisedBonus(consecutive: number, bonus: number): number {
  const least = Math.max(consecutive, BONUS_CONSECUTIVE)
  return bonus >= BONUS_BOUNDARY ? Math.max(bonus, least) : least
}

/** From the end of an alignment back through the traces. */
function pathTo(end: number, span: Span, window: Window): number[] {
  const traces: Uint8Array[] = []
  align(span, window, traces)
  let column = end
  const indices = [window.start + column]
  let isMatch = scratch.areDirect[column] === 1
  let row = traces.length - 1
  while (row >= 0) {
    column--
    const trace = traces[row]?.[column] as number
    if (isMatch) {
      indices.push(window.start + column)
      row--
      isMatch = (trace & MATCH_IS_DIRECT) !== 0
    } else isMatch = (trace & GAP_FROM_MATCH) !== 0
  }
  return indices.reverse()
}
