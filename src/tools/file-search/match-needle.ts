import { isWhiteSpace } from '../rust-trim.ts'
import { bestAlignment } from './best-alignment.ts'
import type { Comparison, Haystack } from './haystack.ts'
import type { Match } from './match.ts'
import { BONUS_FIRST_CHARACTER_MULTIPLIER, bonusIndex, SCORE_MATCH } from './search-profile.ts'
import { type Span, scoreSpan } from './span-score.ts'

export type MatchKind = 'fuzzy' | 'substring' | 'prefix' | 'postfix' | 'exact'

export interface Needle {
  kind: MatchKind
  /** Code points, case folded where case does not count. */
  codes: readonly number[]
  /** Whether it is ASCII. */
  isPlain: boolean
  comparison: Comparison
}

/** Beyond this many cells the alignment would take too long, and the first one found is taken. */
const CELLS_MAX = 100 * 1024

/** Matches one needle of one or more characters against a path. */
export function matchNeedle(needle: Needle, haystack: Haystack): Match | undefined {
  const { kind, codes, isPlain, comparison } = needle
  if (codes.length > haystack.length || (haystack.isPlain && !isPlain)) return undefined
  const text = haystack.text(comparison, 'score')
  const equal = haystack.text(comparison, 'equality')
  const span: Span = { haystack, text, equal, needle: codes }
  switch (kind) {
    case 'exact':
      return matchAt(span, leadingBlanks(span), haystack.length - trailingBlanks(span))
    case 'prefix':
      return matchAt(span, leadingBlanks(span), leadingBlanks(span) + codes.length)
    case 'postfix': {
      const end = haystack.length - trailingBlanks(span)
      return matchAt(span, end - codes.length, end)
    }
    case 'substring':
      return codes.length === haystack.length ? matchAt(span, 0, codes.length) : bestSubstring(span)
    case 'fuzzy':
      if (codes.length === haystack.length) return matchAt(span, 0, codes.length)
      return codes.length === 1 ? bestSubstring(span) : fuzzy(span)
  }
}

/** How many blanks the path has before what a needle that has none is compared with. */
function leadingBlanks({ needle, text }: Span): number {
  return isBlank(needle[0])
    ? 0
    : Math.max(
        0,
        text.findIndex(code => !isBlank(code)),
      )
}

function trailingBlanks({ needle, text }: Span): number {
  if (isBlank(needle.at(-1))) return 0
  const last = text.findLastIndex(code => !isBlank(code))
  return last < 0 ? 0 : text.length - 1 - last
}

function isBlank(code: number | undefined): boolean {
  return code !== undefined && isWhiteSpace(String.fromCodePoint(code))
}

function matchAt(span: Span, start: number, end: number): Match | undefined {
  const { needle, text } = span
  if (start < 0 || end > text.length || end - start !== needle.length) return undefined
  return isAt(span, start) ? scoreSpan(span, start, end) : undefined
}

function isAt({ needle, equal }: Span, start: number): boolean {
  return needle.every((code, offset) => equal[start + offset] === code)
}

/**
 * The occurrence whose first character has the best place; the first of equals. Upstream's edges are kept: where the needle's
 * first letter is its third character or later, case counts, and an occurrence too near to the end is not seen.
 */
function bestSubstring(whole: Span): Match | undefined {
  const firstLetter = whole.needle.findIndex(code => code >= 97 && code <= 122)
  if (!whole.haystack.isPlain || firstLetter < 2) return bestOccurrence(whole)
  const end = whole.text.length - whole.needle.length + firstLetter
  const text = whole.haystack.text({ ignoresCase: false, ignoresMarks: false }, 'equality').slice(0, end)
  return bestOccurrence({ ...whole, text, equal: text })
}

function bestOccurrence(span: Span): Match | undefined {
  const { haystack, text, needle } = span
  const { isPlain, rules } = haystack
  const first = needle[0] as number
  let best: { at: number; score: number } | undefined
  let before: number | undefined
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    // At the very end of a path that is not ASCII, upstream does not look.
    if (!isPlain && needle.length > 1 && at >= text.length - needle.length) break
    const bonus = isPlain ? (haystack.bonuses[at] as number) : bonusAfter(haystack, before, at)
    before = at
    const score = bonus * BONUS_FIRST_CHARACTER_MULTIPLIER + SCORE_MATCH
    if ((best && score <= best.score) || !isAt(span, at)) continue
    best = { at, score }
    // Upstream stops at the first place this good, which after a slash need not be the best.
    if (bonus >= rules.bonusEnough) break
  }
  if (best === undefined) return undefined
  const { at, score } = best
  return needle.length === 1 ? { score, indices: () => [at] } : scoreSpan(span, at, at + needle.length)
}

/** In a path that is not ASCII, upstream takes the previous occurrence for what comes before. */
function bonusAfter({ classes, bonuses, rules }: Haystack, before: number | undefined, at: number): number {
  const previous = before === undefined ? undefined : classes?.[before]
  const current = classes?.[at]
  if (previous === undefined || current === undefined) return bonuses[at] as number
  return rules.bonuses[bonusIndex(previous, current)] as number
}

function fuzzy(span: Span): Match | undefined {
  const { text, equal, needle } = span
  const start = equal.indexOf(needle[0] as number)
  const end = equal.lastIndexOf(needle.at(-1) as number) + 1
  if (end - start === needle.length) return matchAt(span, start, end)
  const places = firstPlaces(text, needle, start)
  if (!places) return undefined
  if ((end - start) * needle.length > CELLS_MAX) return greedy(span, (places.at(-1) as number) + 1)
  return bestAlignment(span, { start, end, places })
}

/** The first place of each needle character after the one before it. */
function firstPlaces(text: readonly number[], needle: readonly number[], start: number): number[] | undefined {
  const places: number[] = []
  let from = start
  for (const code of needle) {
    const place = text.indexOf(code, from)
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
  for (const code of needle.toReversed()) start = text.lastIndexOf(code, start - 1)
  return scoreSpan(span, start, end)
}
