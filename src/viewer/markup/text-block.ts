import { grouped } from '../../base/number-text.ts'
import { plainText } from '../../base/plain-text.ts'
import { html, type Markup, trusted } from '../../report/formats/html/markup.ts'
import { highlightedLines } from './highlight.ts'

/** How a page treats texts that are too long to read: the usual page leaves out their middle, the whole one does not. */
export interface TextRules {
  isWhole: boolean
  /** Called for each text that was cut. */
  onCut(): void
}

const LENGTH_MAX = 12_000
const HEAD_LENGTH = 8_000
const SHOWN_NUMBERS = /⟨U\+[0-9A-F]{4,6}⟩/g

/** Text of foreign origin as it is, with what cannot be seen made visible. */
export function textBlock(text: string, rules: TextRules, className = ''): Markup {
  return html`<pre class="text ${className}" tabindex="0">${markedText(text, rules)}</pre>`
}

/** The same without a block of its own. */
export function markedText(text: string, rules: TextRules): Markup[] {
  if (rules.isWhole || text.length <= LENGTH_MAX) return [marked(text)]
  rules.onCut()
  const tail = LENGTH_MAX - HEAD_LENGTH
  const left = grouped(text.length - LENGTH_MAX)
  return [
    marked(text.slice(0, HEAD_LENGTH)),
    html`<em class="cut">… ${left} characters left out; the whole page has them …</em>`,
    marked(text.slice(-tail)),
  ]
}

/** Characters that cannot be seen are shown by their number, in a style of their own. */
function marked(text: string): Markup {
  const { markup } = html`${text}`
  return trusted(markup.replace(SHOWN_NUMBERS, number => `<span class="unseen">${number}</span>`))
}

interface CodeOptions {
  /** Makes lines addressable: `<idPrefix>-line-7`. */
  idPrefix?: string
  /** A line to mark, from 1. */
  failedLine?: number
}

/** A program with numbered lines. */
export function codeBlock(source: string, rules: TextRules, options: CodeOptions): Markup {
  const text = rules.isWhole || source.length <= LENGTH_MAX * 4 ? source : source.slice(0, LENGTH_MAX * 4)
  if (text !== source) rules.onCut()
  const lines = highlightedLines(text.replace(/\n$/, ''))
  const rows = lines.map((line, index) => codeLine(line, index + 1, options))
  const cut =
    text === source
      ? undefined
      : html`<em class="cut">… ${grouped(source.length - text.length)} characters left out; the whole page has them …</em>`
  return html`<pre class="code" tabindex="0"><code>${rows}</code>${cut}</pre>`
}

function codeLine(line: Markup, number: number, { idPrefix, failedLine }: CodeOptions): Markup {
  const className = number === failedLine ? 'line failed' : 'line'
  if (idPrefix === undefined) return html`<span class="${className}" data-line="${number}">${line}\n</span>`
  const id = `${idPrefix}-line-${number}`
  return html`<span class="${className}" id="${id}" data-line="${number}">${line}\n</span>`
}

/** One line of foreign text, cut to a length. */
export function shortLine(text: string, lengthMax = 160): string {
  const line = plainText(text.slice(0, lengthMax * 4))
    .replace(/\s+/g, ' ')
    .trim()
  const characters = Array.from(line)
  return characters.length <= lengthMax ? line : `${characters.slice(0, lengthMax - 1).join('')}…`
}
