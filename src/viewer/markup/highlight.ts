import hljs from 'highlight.js/lib/core'
import typescript from 'highlight.js/lib/languages/typescript'
import { plainText } from '../../base/plain-text.ts'
import { html, type Markup, trusted } from '../../report/formats/html/markup.ts'

hljs.registerLanguage('typescript', typescript)

/** Longer texts, and lines that no person wrote, stay without colours: they would take seconds. */
const LENGTH_MAX = 60_000
const LINE_LENGTH_MAX = 4_000

/** The lines of a program, coloured where that is cheap. Deceiving characters are shown by their numbers. */
export function highlightedLines(text: string): Markup[] {
  const plain = plainText(text)
  const isLong = plain.length > LENGTH_MAX || plain.split('\n').some(line => line.length > LINE_LENGTH_MAX)
  if (isLong) return plain.split('\n').map(line => html`${line}`)
  // The highlighter escapes its input; it only adds spans with a class.
  const { value } = hljs.highlight(plain, { language: 'typescript', ignoreIllegals: true })
  return splitMarkup(value).map(trusted)
}

const TAG = /<span class="[^"]*">|<\/span>/g

/** Markup of spans cut into lines: spans that reach over a line's end are closed there and opened again. */
function splitMarkup(markup: string): string[] {
  let open: string[] = []
  return markup.split('\n').map(line => {
    const before = open.join('')
    for (const [tag] of line.matchAll(TAG)) open = tag === '</span>' ? open.slice(0, -1) : [...open, tag]
    return before + line + '</span>'.repeat(open.length)
  })
}
