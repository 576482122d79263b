import type { Parses } from './extract-scripts.ts'
import { isProse } from './repair-source.ts'

/** The tags' name as models write it. */
const NAME = String.raw`tools?(?:\\?[-_ \u2010-\u2013])?call(?:s|ing)?`
const START_TAG = new RegExp(String.raw`<[ \t]*${NAME}(?:[ \t][^<>\n]{0,200})?>`, 'gi')
/** With a slash at either side, or a backslash; its bracket may be missing at the end of a line. */
const END_TAG = new RegExp(
  String.raw`<[ \t]*[\\/]{1,2}[ \t]*${NAME}[ \t]*(?:>|(?=\n))|<[ \t]*${NAME}[ \t]*\/[ \t]*>`,
  'gi',
)
/** A tag in other brackets, or between backticks or asterisks, on a line of its own. */
const ODD_TAG = new RegExp(
  String.raw`^[ \t]*(?:\*\*|${'`'})?(?:<\|?|\[\|?)(\/?)${NAME}\|?[>\]](?:\*\*|${'`'})?[ \t]*$`,
  'gim',
)
/** What is left of an end tag when a reply was cut off in it. */
const CUT_END_TAG = /\n?<(?:\/(?:t(?:o(?:o(?:l(?:[-_](?:c(?:a(?:l(?:l(?:s)?)?)?)?)?)?)?)?)?)?)?$/i
const RESULTS_TAG = /^<tool-results>/m
/** Bounds for replies that are nothing but tags. */
const TAGS_MAX = 64
const PARSES_PER_BLOCK_MAX = 8
/** Paragraphs after a program without an end tag that may turn out to be prose. */
const PROSE_PARAGRAPHS_MAX = 4

interface Span {
  start: number
  end: number
  text: string
}

interface Search {
  text: string
  start: Span
  ends: readonly Span[]
  parses: Parses
}

export interface FoundBlocks {
  blocks: string[]
  repairs: string[]
  hasEndTag: boolean
}

function spansOf(text: string, tag: RegExp): Span[] {
  const spans: Span[] = []
  for (const { index, 0: match } of text.matchAll(tag)) {
    spans.push({ start: index, end: index + match.length, text: match })
    if (spans.length >= TAGS_MAX) break
  }
  return spans
}

function standsAlone(text: string, span: Span): boolean {
  const before = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start)
  const lineEnd = text.indexOf('\n', span.end)
  const after = text.slice(span.end, lineEnd < 0 ? text.length : lineEnd)
  return before.trim() === '' && after.trim() === ''
}

/** A tag that is being talked about: in backticks, quotes or asterisks. */
function isMention(text: string, span: Span): boolean {
  const [before, after] = [text[span.start - 1], text[span.end]]
  return before !== undefined && before === after && /[`"'*]/.test(before)
}

/**
 * Finds programs between tags, however the tags are written. Where an end tag may be part of the program (in a string,
 * in a comment) the candidate counts with which the program parses.
 */
export function findBlocks(text: string, parses: Parses): FoundBlocks {
  const found = findTagged(text, parses)
  if (found.blocks.length > 0) return found
  const plain = text.replace(ODD_TAG, (_tag, slash: string) => `<${slash}tool-calls>`)
  if (plain === text) return found
  const odd = findTagged(plain, parses)
  const isWhole = odd.blocks.length > 0 && !odd.repairs.includes('missing-end-tag') && odd.blocks.every(parses)
  return isWhole ? { ...odd, repairs: [...new Set(['tag-spelling', ...odd.repairs])] } : found
}

function findTagged(text: string, parses: Parses): FoundBlocks {
  const starts = spansOf(text, START_TAG).filter(span => !isMention(text, span))
  const ends = spansOf(text, END_TAG).filter(span => !isMention(text, span))
  const repairs = new Set<string>()
  const blocks: string[] = []
  let position = 0
  for (const [index, start] of starts.entries()) {
    if (start.start < position) continue
    const next = starts.slice(index + 1).find(span => span.start >= start.end)
    if (next !== undefined && isSuperseded({ text, start, next, ends, parses })) {
      if (text.slice(start.end, next.start).trim() === '') repairs.add('doubled-tag')
      continue
    }
    const end = chooseEnd({ text, start, ends, parses })
    if (start.text !== '<tool-calls>' || (end !== undefined && end.text !== '</tool-calls>'))
      repairs.add('tag-spelling')
    if (end === undefined) {
      const limit = next?.start ?? text.length
      const open = withoutProse(openEnded(text, start, limit), parses)
      position = limit
      if (open.source.trim() === '') continue
      repairs.add('missing-end-tag')
      if (open.isCut) repairs.add('prose-after')
      blocks.push(open.source)
    } else {
      blocks.push(text.slice(start.end, end.start))
      position = end.end
      const another = ends.find(span => span.start >= end.end)
      if (another !== undefined && text.slice(end.end, another.start).trim() === '') repairs.add('doubled-tag')
    }
  }
  return { blocks, repairs: [...repairs], hasEndTag: ends.length > 0 }
}

/** True when the program begins at the next start tag: this one is doubled, or is part of the prose. */
function isSuperseded({ text, start, next, ends, parses }: Search & { next: Span }): boolean {
  if (ends.some(end => end.start >= start.end && end.end <= next.start)) return false
  const between = text.slice(start.end, next.start)
  if (between.trim() === '') return true
  const lineStart = text.lastIndexOf('\n', start.start - 1) + 1
  const isInLine = text.slice(lineStart, start.start).trim() !== ''
  return isInLine && standsAlone(text, next) && !parses(between)
}

/** End tags on lines of their own come first; the first one with which the program parses wins. */
function chooseEnd({ text, start, ends, parses }: Search): Span | undefined {
  const candidates = ends.filter(end => end.start >= start.end)
  const alone = candidates.filter(end => standsAlone(text, end))
  const ordered = [...alone, ...candidates.filter(end => !alone.includes(end))].slice(0, PARSES_PER_BLOCK_MAX)
  const fitting = ordered.find(end => parses(text.slice(start.end, end.start)))
  if (fitting !== undefined) return fitting
  if (candidates.length > 0 && candidates.every(end => !standsAlone(text, end)) && parses(text.slice(start.end))) {
    return undefined
  }
  return firstBeforeNextStart(text, start, candidates)
}

/** For a program that parses with no end tag: the nearest one, preferring a line of its own before another start tag. */
function firstBeforeNextStart(text: string, start: Span, candidates: readonly Span[]): Span | undefined {
  const nextStart = spansOf(text.slice(start.end), START_TAG).find(span => standsAlone(text.slice(start.end), span))
  const limit = nextStart === undefined ? text.length : start.end + nextStart.start
  const near = candidates.filter(end => end.start < limit)
  return near.find(end => standsAlone(text, end)) ?? near[0]
}

/** A program without its end tag: up to whatever cannot be a part of it. */
function openEnded(text: string, start: Span, limit: number): string {
  let source = text.slice(start.end, limit)
  const results = RESULTS_TAG.exec(source)
  if (results !== null) source = source.slice(0, results.index)
  source = source.replace(CUT_END_TAG, '')
  const fences = text.slice(0, start.start).match(/^[ \t]*```/gm)?.length ?? 0
  const closing = fences % 2 === 1 ? /\n[ \t]*```[ \t]*(?:\n|$)/.exec(source) : null
  return closing === null ? source : source.slice(0, closing.index)
}

/** Drops closing paragraphs with which a program does not parse and without which it does. */
function withoutProse(source: string, parses: Parses): { source: string; isCut: boolean } {
  if (parses(source)) return { source, isCut: false }
  const paragraphs = source.split(/\n[ \t]*\n/)
  for (let cut = 1; cut <= PROSE_PARAGRAPHS_MAX && cut < paragraphs.length; cut++) {
    const shorter = paragraphs.slice(0, -cut).join('\n\n')
    if (!isProse(paragraphs.at(-cut) as string)) break
    if (shorter.trim() !== '' && parses(shorter)) return { source: shorter, isCut: true }
  }
  return { source, isCut: false }
}
