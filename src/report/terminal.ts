import { plainLine } from './plain-text.ts'
import type { Report, Scope } from './report.ts'
import { armTable } from './tables/arm-table.ts'
import { differenceTable } from './tables/difference-table.ts'
import { errorTable } from './tables/error-table.ts'
import { overheadTable } from './tables/overhead-table.ts'
import { gapTables } from './tables/run-tables.ts'
import type { Table } from './tables/table.ts'
import { coverageLine, factorLines, noticesOf, playerWords, scopeLabel } from './words.ts'

const COLUMN_CHARACTERS_MAX = 48

/** The report as plain text with compact tables. */
export function renderTerminal(report: Report): string {
  const lines = [
    plainLine(report.run.name),
    coverageLine(report),
    ...report.players.map(player => `player: ${playerWords(player)}`),
    ...factorLines(report),
    ...noticesOf(report).flatMap(({ title, text }) => ['', `! ${title}. ${text}`]),
    ...report.scopes.flatMap(scopeLines),
    ...gapTables(report).flatMap(tableLines),
  ]
  return `${lines.join('\n')}\n`
}

function scopeLines(scope: Scope): string[] {
  const heading = `${plainLine(scope.name)} (${scopeLabel(scope)})`
  const tables = [armTable, differenceTable, errorTable, overheadTable].map(table => table(scope))
  return ['', heading, '='.repeat(heading.length), ...tables.filter(table => table.rows.length > 0).flatMap(tableLines)]
}

/** A title and a grid whose columns are as wide as they need to be. Columns without any text are left out. */
function tableLines(table: Table): string[] {
  const texts = table.rows.map(row => row.map(({ text }) => plainLine(text, COLUMN_CHARACTERS_MAX)))
  const shown = table.columns
    .map((column, index) => ({ ...column, cells: texts.map(row => row[index] ?? '') }))
    .filter(column => column.cells.some(text => text !== ''))
    .map(({ title, align, cells }) => ({ align, cells: [plainLine(title, COLUMN_CHARACTERS_MAX), ...cells] }))
    .map(column => ({ ...column, width: Math.max(...column.cells.map(widthOf)) }))
  const gridLine = (index: number) =>
    shown
      .map(({ align, cells, width }) => pad(cells[index] ?? '', width, align))
      .join('  ')
      .trimEnd()
  const rule = shown.map(({ width }) => '-'.repeat(width)).join('  ')
  const rows = texts.map((_, index) => gridLine(index + 1))
  return ['', table.title, gridLine(0), rule, ...rows]
}

function widthOf(text: string): number {
  return Array.from(text).length
}

function pad(text: string, width: number, align: 'start' | 'end'): string {
  const space = ' '.repeat(width - widthOf(text))
  return align === 'end' ? space + text : text + space
}
