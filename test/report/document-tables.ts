/** One row of a table of a document, by the titles of its columns. */
export interface TableRow {
  /** What stands above the table: a player, or nothing. */
  scope: string
  table: string
  cells: Map<string, string>
}

/** Reads the heading of a scope: its name, or nothing for another heading. */
export type ScopeOf = (heading: string) => string | undefined

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

function textOf(html: string): string {
  const text = html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, entity => ENTITIES[entity] as string)
  return text.replace(/\s+/g, ' ').trim()
}

/** The tables of a page, each under the nearest headings. A row that heads a group gives the first column. */
export function htmlRows(page: string, scopeOf: ScopeOf): TableRow[] {
  const rows: TableRow[] = []
  let [scope, table, group] = ['', '', '']
  let titles: string[] = []
  for (const [part] of page.matchAll(/<h[2-4][^>]*>.*?<\/h[2-4]>|<summary>.*?<\/summary>|<tr[^>]*>.*?<\/tr>/gs)) {
    if (part.startsWith('<h2')) scope = scopeOf(textOf(part.replace(/<span.*<\/span>/s, ''))) ?? ''
    else if (part.startsWith('<h') || (part.startsWith('<summary') && textOf(part) !== 'Figures')) table = textOf(part)
    else if (part.startsWith('<tr class="group"')) group = textOf(part)
    else if (part.includes('<th scope="col"')) {
      titles = cellsOf(part)
      group = ''
    } else if (part.startsWith('<tr')) {
      const own = cellsOf(part).map((text, index): [string, string] => [titles[index] ?? '', text])
      rows.push({ scope, table, cells: new Map(group === '' ? own : [['Metric', group], ...own]) })
    }
  }
  return rows
}

/** The cards of a page's decision: each as a row, with its facts as cells. */
export function cardRows(page: string, scopeOf: ScopeOf): TableRow[] {
  return [...page.matchAll(/<article class="decision.*?<\/article>/gs)].map(([card]) => {
    const name = /<h3>(.*?)<span/s.exec(card)?.[1] ?? ''
    const facts = [...card.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/gs)]
    const cells = facts.map(([, title, text]): [string, string] => [textOf(title as string), textOf(text as string)])
    return { scope: scopeOf(textOf(name)) ?? '', table: 'Decision', cells: new Map(cells) }
  })
}

function cellsOf(row: string): string[] {
  return [...row.matchAll(/<(t[dh])[^>]*>(.*?)<\/\1>/gs)].map(([, , inner]) => textOf(inner as string))
}

/** The tables of a Markdown document. */
export function markdownRows(text: string, scopeOf: ScopeOf): TableRow[] {
  const rows: TableRow[] = []
  let [scope, table] = ['', '']
  let titles: string[] | undefined
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) scope = scopeOf(unescaped(line.slice(3))) ?? ''
    if (/^###? |^<summary>/.test(line)) table = unescaped(line.replace(/^#+ |<\/?summary>/g, ''))
    if (!line.startsWith('| ')) titles = undefined
    else if (titles === undefined) titles = markdownCells(line)
    else if (!/^\|[ :|-]+\|$/.test(line)) {
      const known = titles
      rows.push({ scope, table, cells: new Map(markdownCells(line).map((cell, index) => [known[index] ?? '', cell])) })
    }
  }
  return rows
}

function markdownCells(line: string): string[] {
  return line.slice(2, -2).split(' | ').map(unescaped)
}

function unescaped(text: string): string {
  return textOf(text.replace(/<(?!\/?summary)/g, '&lt;'))
    .replace(/`/g, '')
    .replace(/\\([\\`*_[\]|~#])/g, '$1')
}

/** The tables of a terminal: the line under the titles shows how wide each column is. */
export function terminalRows(text: string, scopeOf: ScopeOf): TableRow[] {
  const rows: TableRow[] = []
  const lines = text.split('\n')
  let scope = ''
  for (const [index, rule] of lines.entries()) {
    if (/^=+$/.test(rule)) scope = scopeOf(lines[index - 1] ?? '') ?? ''
    if (!/^-+(?: {2}-+)*$/.test(rule)) continue
    const spans = [...rule.matchAll(/-+/g)].map(match => [match.index, match.index + match[0].length] as const)
    const cut = (line: string) => spans.map(([from, to]) => Array.from(line).slice(from, to).join('').trim())
    const titles = cut(lines[index - 1] ?? '')
    for (let at = index + 1; (lines[at] ?? '') !== '' && !lines[at]?.startsWith('player:'); at += 1) {
      const cells = cut(lines[at] as string).map((cell, column): [string, string] => [titles[column] ?? '', cell])
      rows.push({ scope, table: lines[index - 2] ?? '', cells: new Map(cells) })
    }
  }
  return rows
}
