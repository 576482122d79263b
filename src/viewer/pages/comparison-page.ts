import type { Comparison } from '../../report/comparison/comparison.ts'
import { adjustmentText, primaryText, statusNotice } from '../../report/comparison/comparison-words.ts'
import { comparedView } from '../../report/document/report-document.ts'
import { scopeLabel } from '../../report/document/report-words.ts'
import { sectionsOf } from '../../report/document/sections.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import type { RunComparison, RunView } from '../library/run-store.ts'
import { flipPairs } from './flip-pairs.ts'
import { layout, type PageRules, ROOTS } from './layout.ts'
import { sectionMarkup } from './section-markup.ts'

/** The comparison of a run's arms: the same sections as in the other documents, with links to trials that differ. */
export function comparisonPage(view: RunView, rules: PageRules): string {
  const { run, comparison } = view
  const body = html`<h1>${run.folder}: comparison</h1>
${comparison.kind === 'compared' ? comparedMarkup(comparison.comparison, view) : missingMarkup(comparison)}`
  const crumbs = [
    { name: 'scriptbench', href: `${ROOTS.run}index.html` },
    { name: run.folder, href: 'index.html' },
    { name: 'comparison' },
  ]
  return layout(
    { title: `${run.folder}: comparison`, root: ROOTS.run, crumbs, body, kind: 'comparison', isWide: true },
    rules,
  )
}

function missingMarkup(comparison: Exclude<RunComparison, { kind: 'compared' }>): Markup {
  const why = comparison.kind === 'none' ? comparison.why : 'It is still being computed; reload the page.'
  return html`<div class="notice warning"><strong>No comparison</strong><p>${why}</p></div>\n`
}

function comparedMarkup(comparison: Comparison, view: RunView): Markup {
  const { notes, scopes } = comparison
  return html`${statusMarkup(comparison)}<p class="lead">Primary contrast: ${primaryText(comparison)}. Adjusted p: ${adjustmentText(comparison)}.</p>
${notes.length === 0 ? undefined : html`<ul class="notes">${notes.map(note => html`<li>${note}</li>`)}</ul>`}
${scopes.map((_, index) => scopeMarkup(comparison, index, view))}`
}

function statusMarkup({ status }: Comparison): Markup | undefined {
  const notice = statusNotice(status)
  return notice && html`<div class="notice warning"><strong>${notice.title}</strong><p>${notice.text}</p></div>`
}

function scopeMarkup(comparison: Comparison, index: number, view: RunView): Markup {
  const compared = comparison.scopes[index] as Comparison['scopes'][number]
  const scopeView = comparedView(compared, comparison)
  const pairs = new Map(compared.flips.map(flips => [flips.contrast, flipPairs(flips, compared, view)]))
  const linkOf = (contrast: string, task: string) => {
    const pair = pairs.get(contrast)?.get(task)
    return pair && `pairs/${pair.name}.html`
  }
  const id = `scope-${index + 1}`
  const sections = sectionsOf(scopeView, 'viewer').map(section => sectionMarkup(section, { idPrefix: id, linkOf }))
  return html`<section data-item aria-labelledby="${id}"><h2 id="${id}">${compared.name} <span class="chip">${scopeLabel(scopeView.scope)}</span></h2>
${sections}</section>\n`
}
