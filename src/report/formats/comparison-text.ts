import { plainLine } from '../../base/plain-text.ts'
import type { Comparison, ComparisonScope } from '../comparison/comparison.ts'
import { adjustmentText, primaryText, statusNotice } from '../comparison/comparison-words.ts'
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
  const { runs, status, notes } = comparison
  const names = runs.map(({ name, imported }) => (imported ? `${name} (imported from ${imported.source})` : name))
  return [
    `Comparison of ${names.join(' and ')}`,
    ...(runs.every(({ imported }) => imported) ? [] : [statusLine(status)]),
    `primary contrast: ${primaryText(comparison)}`,
    `adjusted p: ${adjustmentText(comparison)}`,
    ...notes.map(note => `! ${note}`),
  ]
}

function statusLine(status: Comparison['status']): string {
  const notice = statusNotice(status)
  return notice === undefined ? 'final: all declared trials are done' : `${notice.title.toLowerCase()}: ${notice.text}`
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
