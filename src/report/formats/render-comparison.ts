import { plainLine } from '../../base/plain-text.ts'
import type { Table } from '../../base/table.ts'
import type { Comparison, ComparisonScope, ContrastResult } from '../comparison/comparison.ts'
import { kindWords } from '../document/report-words.ts'
import { armsTable, contrastTable, flipsTable, usesTable } from '../tables/comparison-tables.ts'
import { escaped, gridOf } from './markdown-text.ts'
import { tableLines } from './terminal.ts'

/** What is shown of a comparison. Nothing that is judged depends on it. */
export interface ViewOptions {
  /** Each player apart. Without it, all real models together where there are several. */
  isByModel: boolean
  isByStratum: boolean
}

interface Section {
  title: string
  sentences: string[]
  tables: Table[]
}

export function renderComparisonTerminal(comparison: Comparison, view: ViewOptions): string {
  const lines = [
    ...headLines(comparison).map(line => plainLine(line, 1000)),
    ...sectionsOf(comparison, view).flatMap(({ title, sentences, tables }) => {
      const heading = plainLine(title)
      return [
        ...['', heading, '='.repeat(heading.length)],
        ...sentences.map(sentence => `- ${plainLine(sentence, 1000)}`),
        ...tables.flatMap(tableLines),
      ]
    }),
  ]
  return `${lines.join('\n')}\n`
}

export function renderComparisonMarkdown(comparison: Comparison, view: ViewOptions): string {
  const [head = '', ...rest] = headLines(comparison)
  const blocks = [
    `# ${escaped(head)}`,
    rest.map(line => `- ${escaped(line.replace(/^! /, ''))}`).join('\n'),
    ...sectionsOf(comparison, view).flatMap(({ title, sentences, tables }) => [
      `## ${escaped(title)}`,
      sentences.map(sentence => `- ${escaped(sentence)}`).join('\n'),
      ...tables.flatMap(table => [`### ${escaped(table.title)}`, ...table.notes.map(escaped), gridOf(table)]),
    ]),
  ]
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`
}

function headLines(comparison: Comparison): string[] {
  const { runs, primary, family, status, notes } = comparison
  const names = runs.map(({ name, imported }) => (imported ? `${name} (imported from ${imported.source})` : name))
  const declared = primary.isDeclared ? 'declared by the suite' : 'not declared by the suite: the default'
  return [
    `Comparison of ${names.join(' and ')}`,
    ...(runs.every(({ imported }) => imported) ? [] : [statusLine(status)]),
    `primary: ${primary.contrast} on ${primary.metric}, margin ${Number((primary.margin * 100).toFixed(2))} ${primary.metric === 'solved' || primary.metric === 'clauses' ? 'points' : '%'} (${declared})`,
    `${family.size} tests adjusted together (Holm, alpha ${family.alpha}); intervals are unadjusted ${family.level * 100} %`,
    ...notes.map(note => `! ${note}`),
  ]
}

function statusLine(status: Comparison['status']): string {
  if (status.kind === 'final') return 'final: all declared trials are there'
  if (status.kind === 'interim') {
    return `interim: ${status.missing} of ${status.planned} declared trials are missing, so there are no verdicts`
  }
  return `exploratory, so there are no verdicts: ${status.reason}`
}

function sectionsOf({ scopes }: Comparison, { isByModel, isByStratum }: ViewOptions): Section[] {
  const together = scopes.filter(({ name }) => name.startsWith('All models ('))
  const shown = isByModel || together.length === 0 ? scopes : [...together, ...scopes.filter(each => !each.isEvidence)]
  return shown.map(scope => ({
    title: scopeTitle(scope),
    sentences: sentencesOf(scope),
    tables: [
      armsTable(scope),
      contrastTable(scope, scope.contrasts.filter(isMain), 'Contrasts'),
      contrastTable(
        scope,
        scope.contrasts.filter(result => !isMain(result)),
        'Simple effects and interactions',
      ),
      ...(isByStratum
        ? scope.strata.map(({ stratum, contrasts }) => contrastTable(scope, contrasts, `Stratum ${stratum}`))
        : []),
      flipsTable(scope),
      usesTable(scope),
    ].filter(table => table.rows.length > 0),
  }))
}

function isMain({ kind }: ContrastResult): boolean {
  return kind !== 'simple' && kind !== 'interaction'
}

function scopeTitle({ name, kinds, isEvidence }: ComparisonScope): string {
  const words = kinds.map(kind => `${kind}: ${kindWords(kind)}`).join('; ')
  return isEvidence ? `${name} (${words})` : `${name} (${words}; no evidence about models)`
}

function sentencesOf({ contrasts, slopes }: ComparisonScope): string[] {
  const judged = contrasts.filter(({ role }) => role !== 'exploratory').map(({ verdict }) => verdict.sentence)
  return [...judged, ...slopes.filter(({ slope }) => slope !== undefined).map(({ sentence }) => sentence)]
}
