import { plainLine } from '../../base/plain-text.ts'
import type { Table } from '../../base/table.ts'
import type { Player } from '../document/report.ts'
import type { ReportDocument, ScopeView } from '../document/report-document.ts'
import { scopeViews } from '../document/report-document.ts'
import {
  coverageLine,
  factorLines,
  methodFacts,
  noticesOf,
  playerWords,
  runFacts,
  scopeLabel,
} from '../document/report-words.ts'
import { againstBaseline } from '../judging/against-baseline.ts'
import { baselineTable } from '../tables/baseline-table.ts'
import { decisionTable } from '../tables/decision-table.ts'
import { gapTables } from '../tables/run-tables.ts'
import { scopeTables } from '../tables/scope-tables.ts'
import { thousandTable } from '../tables/thousand-table.ts'
import { escaped, gridOf, listOf, specText } from './markdown-text.ts'

/** GitHub takes 65,536 characters in a comment. */
const CHARACTERS_MAX = 60_000
const TABLE_CHARACTERS_MAX = 12_000
const LEFT_OUT = 'Some tables were left out to fit a comment; report.html has them all.'

/** `report.md`: fits a comment on a pull request. What to do stands first; what does not fit is left out and said. */
export function renderMarkdown(document: ReportDocument): string {
  const { report } = document
  const views = scopeViews(document)
  const head = [
    `# ${escaped(report.run.name)}`,
    `**${coverageLine(report)}**`,
    ...noticesOf(document).map(({ title, text }) => `> **${title}.** ${escaped(text)}`),
    ...decisionBlocks(document, views),
    listOf([...report.players.slice(0, 20).map(playerLine), ...factorLines(report).map(escaped)]),
  ]
  const tail = [
    folded(
      'Method and run',
      listOf([...methodFacts(document), ...runFacts(report)].map(([name, value]) => escaped(`${name}: ${value}`))),
    ),
  ]
  const gaps = gapTables(report).map(table => [`## ${table.title}`, ...bodyOf(table)].join('\n\n'))
  return fitted({ head, body: [...gaps, ...views.flatMap(scopeBlocks)], tail })
}

/** As many blocks of the body as fit between what must be there. */
function fitted({ head, body, tail }: { head: string[]; body: string[]; tail: string[] }): string {
  const kept: string[] = []
  let length = [...head, ...tail, LEFT_OUT].reduce((total, block) => total + block.length + 2, 0)
  const fits = (block: string) => block.length <= TABLE_CHARACTERS_MAX && length + block.length + 2 <= CHARACTERS_MAX
  let isComplete = true
  for (const block of body) {
    if (!fits(block)) {
      isComplete = false
      continue
    }
    kept.push(block)
    length += block.length + 2
  }
  const blocks = [...head, ...kept, ...(isComplete ? [] : [LEFT_OUT]), ...tail].filter(block => block !== '')
  return `${blocks.join('\n\n')}\n`.slice(0, CHARACTERS_MAX)
}

function decisionBlocks({ comparison, baseline }: ReportDocument, views: readonly ScopeView[]): string[] {
  const lines = views.slice(0, 20).flatMap(({ scope, decision }) => {
    if (decision === undefined) return []
    const sentence = decision.primary === undefined ? '' : ` ${escaped(decision.primary.verdict.sentence)}`
    return [
      `${specText(plainLine(scope.name))}: **${escaped(decision.headline)}.** ${escaped(decision.reason)}${sentence}`,
    ]
  })
  const changes = baseline === undefined || 'missing' in baseline ? [] : againstBaseline(baseline)
  return [
    '## Decision',
    ...('missing' in comparison ? [`No decision: ${escaped(comparison.missing)}.`] : []),
    ...(baseline !== undefined && 'missing' in baseline
      ? [`No comparison with the baseline: ${escaped(baseline.missing)}.`]
      : []),
    ...(changes.length > 0 ? ['### Against the baseline', ...bodyOf(baselineTable(changes))] : []),
    listOf(lines),
    ...capped(decisionTable(views.slice(0, 20))),
    ...views
      .slice(0, 6)
      .flatMap(view => [`**${escaped(view.scope.name)}, per 1,000 tasks**`, ...capped(thousandTable(view))]),
  ]
}

function capped(table: Table): string[] {
  if (table.rows.length === 0) return []
  const rows = table.rows.slice(0, 24)
  return [gridOf({ ...table, rows }), ...table.notes.filter(note => note.startsWith('Costs')).map(escaped)]
}

function scopeBlocks(view: ScopeView): string[] {
  const heading = `## ${specText(plainLine(view.scope.name))} (${scopeLabel(view.scope)})`
  const tables = scopeTables(view).map((table, index) => {
    const block = [...bodyOf(table)].join('\n\n')
    return index === 0 ? `### ${table.title}\n\n${block}` : folded(table.title, block)
  })
  return [heading, ...tables]
}

function folded(title: string, body: string): string {
  return `<details>\n<summary>${escaped(title)}</summary>\n\n${body}\n\n</details>`
}

function bodyOf(table: Table): string[] {
  return [...table.notes.map(escaped), ...(table.rows.length === 0 ? [] : [gridOf(table)])]
}

function playerLine(player: Player): string {
  const model = plainLine(player.model)
  return `Player: ${specText(model)}${escaped(playerWords(player).slice(model.length))}`
}
