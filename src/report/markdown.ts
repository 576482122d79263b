import { plainLine } from './plain-text.ts'
import type { Player, Report, Scope } from './report.ts'
import { gapTables } from './tables/run-tables.ts'
import { scopeTables } from './tables/scope-tables.ts'
import type { Table } from './tables/table.ts'
import { coverageLine, factorLines, noticesOf, playerWords, runFacts, scopeLabel } from './words.ts'

/** Tables that most readers skip stand folded. */
const FOLDED = ['tokens', 'strata', 'tasks']

/** `report.md`: fits a comment on a pull request. */
export function renderMarkdown(report: Report): string {
  const blocks = [
    `# ${escaped(report.run.name)}`,
    `**${coverageLine(report)}**`,
    ...noticesOf(report).map(({ title, text }) => `> **${title}.** ${escaped(text)}`),
    listOf([...report.players.map(playerLine), ...factorLines(report).map(escaped)]),
    ...report.scopes.flatMap(scopeBlocks),
    ...gapTables(report).flatMap(table => [`## ${table.title}`, ...notesOf(table), gridOf(table)]),
    '## The run',
    listOf(runFacts(report).map(([name, value]) => escaped(`${name}: ${value}`))),
  ]
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`
}

function scopeBlocks(scope: Scope): string[] {
  const tables = scopeTables(scope).flatMap(table => {
    const body = [...notesOf(table), gridOf(table)]
    if (!FOLDED.includes(table.id)) return [`### ${table.title}`, ...body]
    return ['<details>', `<summary>${table.title}</summary>`, ...body, '</details>']
  })
  return [`## ${specText(scope.name)} (${scopeLabel(scope)})`, ...tables]
}

function notesOf(table: Table): string[] {
  return table.notes.map(escaped)
}

function listOf(lines: readonly string[]): string {
  return lines.map(line => `- ${line}`).join('\n')
}

/** A table; columns without any text, which only a picture could fill, are left out. */
function gridOf({ columns, rows }: Table): string {
  const kept = columns.flatMap((_, index) => (rows.some(row => row[index]?.text !== '') ? [index] : []))
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`
  return [
    line(kept.map(index => escaped(columns[index]?.title ?? ''))),
    line(kept.map(index => (columns[index]?.align === 'end' ? '---:' : '---'))),
    ...rows.map(row => line(kept.map(index => escaped(row[index]?.text ?? '')))),
  ].join('\n')
}

function playerLine(player: Player): string {
  const model = plainLine(player.model)
  return `Player: ${specText(model)}${escaped(playerWords(player).slice(model.length))}`
}

/** A spec as code, where nothing in it can be markup; anything else as text. */
function specText(text: string): string {
  return /^[\w./:@+,=-]{1,200}$/.test(text) ? `\`${text}\`` : escaped(text)
}

/** Text of any origin as text: no table cell, markup, link or mention can come out of it. */
function escaped(text: string): string {
  return plainLine(text, 2000)
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//')
}
