import { plainLine } from '../../base/plain-text.ts'
import type { Comparison, ComparisonScope } from '../comparison/comparison.ts'
import { comparedView, type ScopeView } from '../document/report-document.ts'
import { kindWords } from '../document/report-words.ts'
import { sectionsOf } from '../document/sections.ts'
import { bodyOf } from './markdown.ts'
import { escaped } from './markdown-text.ts'
import { sectionLines } from './terminal.ts'

/** What is shown of a comparison. Nothing that is judged depends on it. */
export interface ViewOptions {
  /** Each player separately. Without it, all real models together where there are several. */
  isByModel: boolean
  isByStratum: boolean
}

export function renderComparisonTerminal(comparison: Comparison, options: ViewOptions): string {
  const lines = [
    ...headLines(comparison).map(line => plainLine(line, 1000)),
    ...viewsOf(comparison, options).flatMap(view => {
      const heading = plainLine(scopeTitle(view))
      const sections = sectionsOf(view, 'compare', { stratum: options.isByStratum })
      return ['', heading, '='.repeat(heading.length), ...sections.flatMap(sectionLines)]
    }),
  ]
  return `${lines.join('\n')}\n`
}

export function renderComparisonMarkdown(comparison: Comparison, options: ViewOptions): string {
  const [head = '', ...rest] = headLines(comparison)
  const blocks = [
    `# ${escaped(head)}`,
    rest.map(line => `- ${escaped(line.replace(/^! /, ''))}`).join('\n'),
    ...viewsOf(comparison, options).flatMap(view => [
      `## ${escaped(scopeTitle(view))}`,
      ...sectionsOf(view, 'compare', { stratum: options.isByStratum }).flatMap(section => [
        `### ${escaped(section.table.title)}`,
        ...bodyOf(section),
      ]),
    ]),
  ]
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`
}

function headLines(comparison: Comparison): string[] {
  const { runs, primary, family, status, notes } = comparison
  const names = runs.map(({ name, imported }) => (imported ? `${name} (imported from ${imported.source})` : name))
  const declared = primary.isDeclared ? 'declared by the suite' : 'not declared by the suite: the default'
  const unit = primary.metric === 'solved' || primary.metric === 'clauses' ? 'points' : '%'
  return [
    `Comparison of ${names.join(' and ')}`,
    ...(runs.every(({ imported }) => imported) ? [] : [statusLine(status)]),
    `primary contrast: ${primary.contrast} on ${primary.metric}, margin ${Number((primary.margin * 100).toFixed(2))} ${unit} (${declared})`,
    `adjusted p: Holm, over ${family.size} tests, α = ${family.alpha}; intervals are unadjusted, ${family.level * 100} %`,
    ...notes.map(note => `! ${note}`),
  ]
}

function statusLine(status: Comparison['status']): string {
  if (status.kind === 'final') return 'final: all declared trials are done'
  if (status.kind === 'interim') {
    return `interim: ${status.missing} of ${status.planned} declared trials are missing, so there are no verdicts`
  }
  return `exploratory, so there are no verdicts: ${status.reason}`
}

function viewsOf(comparison: Comparison, { isByModel }: ViewOptions): ScopeView[] {
  const { scopes } = comparison
  const isTogether = ({ name }: ComparisonScope) => name.startsWith('All models (')
  const shown =
    isByModel || !scopes.some(isTogether) ? scopes : scopes.filter(each => isTogether(each) || !each.isEvidence)
  return shown.map(compared => comparedView(compared, comparison))
}

function scopeTitle({ scope: { name, kinds, isEvidence } }: ScopeView): string {
  const words = kinds.map(kind => `${kind}: ${kindWords(kind)}`).join('; ')
  return isEvidence ? `${name} (${words})` : `${name} (${words}; no evidence about models)`
}
