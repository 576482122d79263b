import type { Extraction, Leniency } from '../../contracts/script.ts'
import { prepareScript } from '../source/prepare-script.ts'
import { findBlocks } from './find-blocks.ts'
import { findFencedScripts } from './find-fenced-scripts.ts'
import { decodeEntities, repairSource } from './repair-source.ts'

/** Thoughts a model wrote into its reply; a tag in them asks for nothing. */
const THOUGHT = /<(think|thinking)>/i
const THOUGHTS_MAX = 16
const ESCAPED_TAG = /&lt;\s*tools?[-_ ]?calls?\s*&gt;/i
const TOOL_TAG = /^<[\s\\/]*tools?[-_ ]?call/i
/** Invisible characters, in or next to a tag. */
const HIDDEN_AT_TAG = /[\u200B\u2060\uFEFF]{0,4}<[^<>\n]{0,60}>[\u200B\u2060\uFEFF]{0,4}/g
const HIDDEN = /[\u200B\u2060\uFEFF]/g
/** Sources of one reply that are parsed to find out what was meant. */
const PARSES_MAX = 64

const EXPECTED =
  'expected exactly one program between a line `<tool-calls>` and a line `</tool-calls>`, each tag on a line of its own'

/** Answers whether a source parses. */
export type Parses = (source: string) => boolean

/** The `<tool-calls>` programs in a reply's text. For replies that strangers wrote, `parses` must not be this thread's. */
export function extractScripts(
  text: string,
  leniency: Leniency,
  parses: Parses = source => prepareScript(source).ok,
): Extraction {
  return leniency === 'strict' ? extractExactly(text) : extractLeniently(text, parses)
}

function extractExactly(text: string): Extraction {
  if (!/<\/?tool-calls>/.test(text)) return { kind: 'none' }
  const start = /^<tool-calls>/m.exec(text)
  if (start === null) return { kind: 'malformed', message: `the start tag does not begin a line: ${EXPECTED}` }
  const rest = text.slice(start.index + start[0].length)
  const end = /^<\/tool-calls>[ \t]*$/m.exec(rest) ?? /<\/tool-calls>/.exec(rest)
  if (end === null) return { kind: 'malformed', message: `the end tag is missing: ${EXPECTED}` }
  const source = rest.slice(0, end.index)
  if (source.trim() === '') return { kind: 'malformed', message: `the program is empty: ${EXPECTED}` }
  if (/^<\/?tool-calls>/m.test(rest.slice(end.index + end[0].length))) {
    return { kind: 'malformed', message: `there is more than one program: ${EXPECTED}` }
  }
  return { kind: 'scripts', sources: [trimLines(source)], repairs: [] }
}

/** Bounds the work; afterwards every source is taken to parse, and no change is taken to help. */
function boundedly(parses: Parses): { parses: Parses; helps: Parses } {
  let left = PARSES_MAX
  return { parses: source => left-- <= 0 || parses(source), helps: source => left-- > 0 && parses(source) }
}

function extractLeniently(given: string, unbounded: Parses): Extraction {
  const { parses, helps } = boundedly(unbounded)
  const repairs = new Set<string>()
  let text = withoutThoughts(given)
  if (text.startsWith('\uFEFF')) {
    repairs.add('byte-order-mark')
    text = text.slice(1)
  }
  if (text.includes('\r')) {
    repairs.add('line-ends')
    text = text.replace(/\r\n?/g, '\n')
  }
  const shown = showTags(text)
  if (shown !== text) {
    repairs.add('invisible-characters')
    text = shown
  }
  let found = findBlocks(text, parses)
  if (found.blocks.length === 0 && ESCAPED_TAG.test(text)) {
    repairs.add('entities')
    text = decodeEntities(text)
    found = findBlocks(text, parses)
  }
  for (const repair of found.repairs) repairs.add(repair)
  const sources: string[] = []
  for (const block of found.blocks) {
    const repaired = repairSource(block, parses, helps)
    if (repaired.source.trim() === '') continue
    for (const repair of repaired.repairs) repairs.add(repair)
    if (sources.at(-1) === repaired.source) repairs.add('repeated-block')
    else sources.push(repaired.source)
  }
  if (sources.length === 0 && found.blocks.length > 0) {
    return { kind: 'malformed', message: `the program is empty: ${EXPECTED}` }
  }
  if (sources.length === 0) {
    const fenced = findFencedScripts(text, found.hasEndTag)
    if (fenced === undefined) {
      return found.hasEndTag
        ? { kind: 'malformed', message: `there is an end tag without a start tag: ${EXPECTED}` }
        : { kind: 'none' }
    }
    sources.push(...fenced.sources)
    repairs.add(fenced.repair)
  }
  if (sources.length > 1) repairs.add('several-blocks')
  return { kind: 'scripts', sources, repairs: [...repairs] }
}

function showTags(text: string): string {
  return text.replace(HIDDEN_AT_TAG, tag => {
    const shown = tag.replace(HIDDEN, '')
    return TOOL_TAG.test(shown) ? shown : tag
  })
}

/** Without the line breaks next to the tags. */
function trimLines(source: string): string {
  return source.replace(/^[ \t]*\r?\n/, '').replace(/\r?\n[ \t]*$/, '')
}

function withoutThoughts(text: string): string {
  let rest = text
  for (let count = 0; count < THOUGHTS_MAX; count++) {
    const start = THOUGHT.exec(rest)
    const endTag = `</${start?.[1]}>`
    const end = start === null ? -1 : rest.toLowerCase().indexOf(endTag.toLowerCase(), start.index)
    if (start === null || end < 0) break
    rest = rest.slice(0, start.index) + rest.slice(end + endTag.length)
  }
  return rest
}
