import { plainLine } from '../../base/plain-text.ts'
import type { Table } from '../../base/table.ts'
import type { ReportDocument, ScopeView } from '../document/report-document.ts'
import { scopeViews } from '../document/report-document.ts'
import { coverageLine, factorLines, noticesOf, playerWords, scopeLabel } from '../document/report-words.ts'
import { againstBaseline } from '../judging/against-baseline.ts'
import { armTable } from '../tables/arm-table.ts'
import { baselineTable } from '../tables/baseline-table.ts'
import { contrastTable } from '../tables/contrast-table.ts'
import { decisionTable } from '../tables/decision-table.ts'
import { errorTable } from '../tables/error-table.ts'
import { overheadTable } from '../tables/overhead-table.ts'
import { gapTables } from '../tables/run-tables.ts'
import { thousandTable } from '../tables/thousand-table.ts'

const COLUMN_CHARACTERS_MAX = 48

/** The report as plain text with compact tables: first what to do, then why. */
export function renderTerminal(document: ReportDocument): string {
  const { report } = document
  const views = scopeViews(document)
  const lines = [
    plainLine(report.run.name),
    coverageLine(report),
    ...report.players.map(player => `player: ${playerWords(player)}`),
    ...factorLines(report),
    ...noticesOf(document).flatMap(({ title, text }) => ['', `! ${title}. ${text}`]),
    ...decisionLines(document, views),
    ...views.flatMap(scopeLines),
    ...gapTables(report).flatMap(tableLines),
  ]
  return `${lines.join('\n')}\n`
}

function decisionLines(document: ReportDocument, views: readonly ScopeView[]): string[] {
  const { comparison, baseline } = document
  const decisions = decisionTable(views)
  const reasons = views.flatMap(({ scope, decision }) =>
    decision === undefined
      ? []
      : [`${plainLine(scope.name)}: ${decision.headline}. ${plainLine(decision.reason, 500)}`],
  )
  const changes = baseline === undefined || 'missing' in baseline ? [] : againstBaseline(baseline)
  return [
    ...('missing' in comparison ? ['', `No decision: ${plainLine(comparison.missing)}.`] : []),
    ...(baseline !== undefined && 'missing' in baseline
      ? ['', `No comparison with the baseline: ${plainLine(baseline.missing)}.`]
      : []),
    ...(changes.length > 0 ? tableLines(baselineTable(changes)) : []),
    ...(decisions.rows.length > 0 ? [...tableLines(decisions), '', ...reasons] : []),
  ]
}

function scopeLines(view: ScopeView): string[] {
  const { scope, compared } = view
  const heading = `${plainLine(scope.name)} (${scopeLabel(scope)})`
  const contrasts = (compared?.contrasts ?? []).filter(({ role }) => role !== 'exploratory')
  const main =
    compared === undefined
      ? []
      : [contrastTable({ id: 'main', title: 'Contrasts of the confirmatory family', contrasts, scope: compared })]
  const tables = [armTable(scope), thousandTable(view), ...main, errorTable(scope), overheadTable(scope)]
  return ['', heading, '='.repeat(heading.length), ...tables.filter(table => table.rows.length > 0).flatMap(tableLines)]
}

/** A title and a grid whose columns are as wide as they need to be. Columns that say nothing at all are left out. */
export function tableLines(table: Table): string[] {
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
