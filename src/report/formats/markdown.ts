import { plainLine } from '../../base/plain-text.ts'
import type { Table } from '../../base/table.ts'
import { baselineTables, missingDecisions, partsInOrder } from '../document/parts.ts'
import type { Player } from '../document/report.ts'
import { type ReportDocument, type ScopeView, scopeViews } from '../document/report-document.ts'
import {
  coverageLine,
  factorLines,
  methodFacts,
  noticesOf,
  playerWords,
  runFacts,
  scopeLabel,
} from '../document/report-words.ts'
import { type Section, sectionsOf } from '../document/sections.ts'
import { decisionTable, thousandTable } from '../tables/decision-tables.ts'
import { gapTables } from '../tables/gap-tables.ts'
import { escaped, gridOf, listOf, specText } from './markdown-text.ts'

/** GitHub takes 65,536 characters in a comment. */
const CHARACTERS_MAX = 60_000
const TABLE_CHARACTERS_MAX = 12_000
const LEFT_OUT = 'Some tables were left out to fit a comment; report.html has them all.'

interface Block {
  text: string
  /** Left out where it does not fit. */
  isOptional: boolean
}

/** `report.md`: fits a comment on a pull request. What does not fit is left out, with a note that says so. */
export function renderMarkdown(document: ReportDocument): string {
  const { report } = document
  const views = scopeViews(document)
  const blocks = partsInOrder<Block>({
    head: () => needed([`# ${escaped(report.run.name)}`, `**${coverageLine(report)}**`]),
    notices: () => needed(noticesOf(document).map(({ title, text }) => `> **${title}.** ${escaped(text)}`)),
    decision: () => needed(decisionBlocks(document, views)),
    facts: () =>
      needed([listOf([...report.players.slice(0, 20).map(playerLine), ...factorLines(report).map(escaped)])]),
    scopes: () => views.flatMap(scopeBlocks).map(optional),
    gaps: () => gapTables(report).map(table => optional([`## ${table.title}`, ...bodyOf({ table })].join('\n\n'))),
    method: () => needed([folded('Method and run', listOf(methodLines(document)))]),
  })
  return fitted(blocks)
}

function methodLines(document: ReportDocument): string[] {
  return [...methodFacts(document), ...runFacts(document.report)].map(([name, value]) => escaped(`${name}: ${value}`))
}

function needed(texts: readonly string[]): Block[] {
  return texts.filter(text => text !== '').map(text => ({ text, isOptional: false }))
}

function optional(text: string): Block {
  return { text, isOptional: true }
}

/** All that is needed, and as much of the rest as fits, from the first block on. */
function fitted(blocks: readonly Block[]): string {
  const kept: string[] = []
  let length = LEFT_OUT.length + 2
  for (const { text, isOptional } of blocks) if (!isOptional) length += text.length + 2
  let isComplete = true
  for (const { text, isOptional } of blocks) {
    if (isOptional) {
      if (text.length > TABLE_CHARACTERS_MAX || length + text.length + 2 > CHARACTERS_MAX) {
        isComplete = false
        continue
      }
      length += text.length + 2
    }
    kept.push(text)
  }
  const all = isComplete ? kept : [...kept.slice(0, -1), LEFT_OUT, ...kept.slice(-1)]
  return `${all.join('\n\n')}\n`.slice(0, CHARACTERS_MAX)
}

function decisionBlocks(document: ReportDocument, views: readonly ScopeView[]): string[] {
  const lines = views.slice(0, 20).flatMap(({ scope, decision }) => {
    if (decision === undefined) return []
    const sentence = decision.primary === undefined ? '' : ` ${escaped(decision.primary.verdict.sentence)}`
    return [
      `${specText(plainLine(scope.name))}: **${escaped(decision.headline)}.** ${escaped(decision.reason)}${sentence}`,
    ]
  })
  return [
    '## Decision',
    ...missingDecisions(document).map(escaped),
    ...baselineTables(document).flatMap(table => [`### ${table.title}`, ...bodyOf({ table })]),
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
  const blocks = sectionsOf(view, 'markdown').map((section, index) => {
    const block = bodyOf(section).join('\n\n')
    return index === 0 ? `### ${section.table.title}\n\n${block}` : folded(section.table.title, block)
  })
  return [heading, ...blocks]
}

function folded(title: string, body: string): string {
  return `<details>\n<summary>${escaped(title)}</summary>\n\n${body}\n\n</details>`
}

/** A section without its title. */
export function bodyOf({ table, sentences, missing }: Section): string[] {
  return [
    ...(missing === undefined ? [] : [escaped(missing)]),
    ...(sentences === undefined ? [] : [listOf(sentences.map(escaped))]),
    ...table.notes.map(escaped),
    ...(table.rows.length === 0 ? [] : [gridOf(table)]),
  ]
}

function playerLine(player: Player): string {
  const model = plainLine(player.model)
  return `Player: ${specText(model)} ${escaped(playerWords(player).slice(model.length).trim())}`
}
