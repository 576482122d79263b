import { isWhiteSpace } from '../rust-trim.ts'
import { bestAlignment } from './best-alignment.ts'
import { BONUS_BOUNDARY, BONUS_FIRST_CHARACTER_MULTIPLIER, bonusAt, type Haystack, SCORE_MATCH } from './haystack.ts'
import type { Match } from './match.ts'
import { type Span, scoreSpan } from './span-score.ts'

export type MatchKind = 'fuzzy' | 'substring' | 'prefix' | 'postfix' | 'exact'

export interface Needle {
  kind: MatchKind
  /** Case folded. */
  characters: readonly string[]
  isAscii: boolean
  /** Whether a plain letter of the needle also matches one with marks. */
  ignoresMarks: boolean
}

/** Beyond this many cells the alignment would take too long, and the first one found is taken. */
const CELLS_MAX = 100 * 1024

/** Matches one needle of one or more characters against a path. */
export function matchNeedle(needle: Needle, haystack: Haystack): Match | undefined {
  const text = needle.ignoresMarks ? haystack.plain : haystack.folded
  const span: Span = { haystack, text, needle: needle.characters }
  const wanted = needle.characters.length
  if (wanted > text.length || (haystack.isAscii && !needle.isAscii)) return undefined
  const leading = isWhiteSpace(needle.characters[0] as string) ? 0 : leadingBlanks(text)
  const trailing = isWhiteSpace(needle.characters.at(-1) as string) ? 0 : leadingBlanks(text.toReversed())
  switch (needle.kind) {
    case 'exact':
      return matchAt(span, leading, text.length - trailing)
    case 'prefix':
      return matchAt(span, leading, leading + wanted)
    case 'postfix':
      return matchAt(span, text.length - trailing - wanted, text.length - trailing)
    case 'substring':
      return wanted === text.length ? matchAt(span, 0, wanted) : bestSubstring(span)
    case 'fuzzy':
      if (wanted === text.length) return matchAt(span, 0, wanted)
      return wanted === 1 ? bestSubstring(span) : fuzzy(span)
  }
}

function leadingBlanks(text: readonly string[]): number {
  const first = text.findIndex(character => !isWhiteSpace(character))
  return first < 0 ? text.length : first
}

function matchAt(span: Span, start: number, end: number): Match | undefined {
  const { needle, text } = span
  if (start < 0 || end > text.length || end - start !== needle.length) return undefined
  return needle.every((character, offset) => text[start + offset] === character)
    ? scoreSpan(span, start, end)
    : undefined
}

/** The occurrence whose first character stands best; the first of equals. */
function bestSubstring(span: Span): Match | undefined {
  const { haystack, text, needle } = span
  let best: { at: number; score: number } | undefined
  for (let at = text.indexOf(needle[0] as string); at >= 0; at = text.indexOf(needle[0] as string, at + 1)) {
    const bonus = bonusAt(haystack, at)
    const score = bonus * BONUS_FIRST_CHARACTER_MULTIPLIER + SCORE_MATCH
    if (best && score <= best.score) continue
    if (!needle.every((character, offset) => text[at + offset] === character)) continue
    best = { at, score }
    // Upstream stops at the first place this good, which after a slash need not be the best.
    if (bonus >= BONUS_BOUNDARY) break
  }
  return best && scoreSpan(span, best.at, best.at + needle.length)
}

function fuzzy(span: Span): Match | undefined {
  const { text, needle } = span
  const places = firstPlaces(text, needle)
  if (!places) return undefined
  const start = places[0] as number
  const end = text.lastIndexOf(needle.at(-1) as string) + 1
  if (end - start === needle.length) return scoreSpan(span, start, end)
  if ((end - start) * needle.length > CELLS_MAX) return greedy(span, (places.at(-1) as number) + 1)
  const rowStarts = places.map(place => place - start)
  return bestAlignment(span, start, end, rowStarts)
}

/** The first place of each needle character after the one before it. */
function firstPlaces(text: readonly string[], needle: readonly string[]): number[] | undefined {
  const places: number[] = []
  let from = 0
  for (const character of needle) {
    const place = text.indexOf(character, from)
    if (place < 0) return undefined
    places.push(place)
    from = place + 1
  }
  return places
}

/** The match that ends earliest, made as short as it can be. */
function greedy(span: Span, end: number): Match {
  const { text, needle } = span
  let start = end
  for (const character of needle.toReversed()) start = text.lastIndexOf(character, start - 1)
  return scoreSpan(span, start, end)
}
