import { plainLine } from '../../base/plain-text.ts'
import { tableLines } from '../../base/table-lines.ts'
import { baselineTables, missingDecisions, partsInOrder } from '../document/parts.ts'
import { type ReportDocument, type ScopeView, scopeViews } from '../document/report-document.ts'
import { coverageLine, factorLines, noticesOf, playerWords, scopeLabel } from '../document/report-words.ts'
import { type Section, sectionsOf } from '../document/sections.ts'
import { decisionTable, thousandTable } from '../tables/decision-tables.ts'
import { gapTables } from '../tables/gap-tables.ts'

/** The report as plain text with compact tables. */
export function renderTerminal(document: ReportDocument): string {
  const { report } = document
  const views = scopeViews(document)
  const lines = partsInOrder<string>({
    head: () => [plainLine(report.run.name), coverageLine(report)],
    notices: () => noticesOf(document).flatMap(({ title, text }) => ['', `! ${title}. ${text}`]),
    decision: () => decisionLines(document, views),
    facts: () => ['', ...report.players.map(player => `player: ${playerWords(player)}`), ...factorLines(report)],
    scopes: () => views.flatMap(scopeLines),
    gaps: () => gapTables(report).flatMap(tableLines),
    method: () => [],
  })
  return `${lines.join('\n')}\n`
}

function decisionLines(document: ReportDocument, views: readonly ScopeView[]): string[] {
  const decisions = decisionTable(views)
  const reasons = views.flatMap(({ scope, decision }) =>
    decision === undefined
      ? []
      : [`${plainLine(scope.name)}: ${decision.headline}. ${plainLine(decision.reason, 500)}`],
  )
  return [
    ...missingDecisions(document).flatMap(line => ['', plainLine(line)]),
    ...baselineTables(document).flatMap(tableLines),
    ...(decisions.rows.length > 0 ? [...tableLines(decisions), '', ...reasons] : []),
    ...views.flatMap(view => thousandLines(view, views.length)),
  ]
}

function thousandLines(view: ScopeView, scopes: number): string[] {
  const table = thousandTable(view)
  const title = scopes === 1 ? table.title : `${table.title}: ${plainLine(view.scope.name)}`
  return table.rows.length === 0 ? [] : tableLines({ ...table, title })
}

function scopeLines(view: ScopeView): string[] {
  const heading = `${plainLine(view.scope.name)} (${scopeLabel(view.scope)})`
  return ['', heading, '='.repeat(heading.length), ...sectionsOf(view, 'terminal').flatMap(sectionLines)]
}

/** A section as lines: its sentences, or its table. */
export function sectionLines({ table, sentences, missing }: Section): string[] {
  if (missing !== undefined) return ['', plainLine(missing, 600)]
  if (sentences === undefined) return tableLines(table)
  return ['', table.title, ...sentences.map(sentence => `- ${plainLine(sentence, 1000)}`)]
}
