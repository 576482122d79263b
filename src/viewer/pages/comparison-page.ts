import { groupBy } from '../../base/lists.ts'
import { grouped } from '../../base/number-text.ts'
import type { Comparison, ComparisonScope, ContrastResult, TaskFlips } from '../../report/comparison/comparison.ts'
import { isEvidence } from '../../report/document/scopes.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import { compareMetric } from '../../report/judging/compare-metrics.ts'
import { detectableText, estimateText, pText } from '../../report/judging/figure-text.ts'
import type { RunComparison, RunView } from '../library/run-store.ts'
import { fold } from '../markup/fold.ts'
import { intervalPlot } from '../markup/interval-plot.ts'
import { type FlipPair, flipPairs } from './flip-pairs.ts'
import { layout, type PageRules, ROOTS } from './layout.ts'
import { verdictMark } from './verdict-markup.ts'

/** All contrasts of a run, with intervals and sentences, and the tasks that flipped. */
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
  const why = comparison.kind === 'none' ? comparison.why : 'It is being worked out; load the page again.'
  return html`<div class="notice warning"><strong>No comparison</strong><p>${why}</p></div>\n`
}

function comparedMarkup(comparison: Comparison, view: RunView): Markup {
  const { primary, family, notes, scopes, status } = comparison
  const declared = primary.isDeclared ? 'as the suite declared it' : 'by default; the suite declares none'
  const statusNote =
    status.kind === 'interim'
      ? html`<div class="notice warning"><strong>Interim</strong><p>${grouped(status.missing)} of ${grouped(status.planned)} planned trials have no end yet.</p></div>`
      : status.kind === 'exploratory'
        ? html`<div class="notice warning"><strong>Exploratory</strong><p>${status.reason}</p></div>`
        : undefined
  return html`${statusNote}<p class="lead">Primary: ${primary.contrast}, ${primary.metric}, ${declared}. Intervals are unadjusted 95 %; p values are adjusted together (Holm, ${family.size}).</p>
${notes.length === 0 ? undefined : html`<ul class="notes">${notes.map(note => html`<li>${note}</li>`)}</ul>`}
${scopes.map((scope, index) => scopeMarkup(scope, index, view))}`
}

function scopeMarkup(scope: ComparisonScope, index: number, view: RunView): Markup {
  const id = `scope-${index + 1}`
  const kinds = scope.kinds.join(', ') + (scope.kinds.every(isEvidence) ? '' : ': no evidence about models')
  const tables = [...groupBy(scope.contrasts, contrast => contrast.contrast)].map(([name, results]) =>
    contrastMarkup(name, results, id),
  )
  const sentences = scope.slopes.map(slope => html`<li>${slope.sentence}</li>`)
  return html`<section data-item aria-labelledby="${id}"><h2 id="${id}">${scope.name} <span class="chip">${kinds}</span></h2>
${tables}${sentences.length === 0 ? undefined : html`<h3>Over calls per look</h3><ul class="notes">${sentences}</ul>`}
${scope.flips.map(flips => flipsMarkup(flips, flipPairs(flips, scope, view)))}</section>\n`
}

function contrastMarkup(name: string, results: readonly ContrastResult[], scopeId: string): Markup {
  const lead =
    results.find(result => result.role === 'primary') ??
    results.find(result => result.metric === 'solved') ??
    results[0]
  const rows = results.map(resultRow)
  const label = `${name}, ${scopeId}`
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="list contrasts"><thead><tr><th scope="col">Metric</th><th scope="col">Verdict</th><th scope="col">Estimate and 95 % interval</th><th scope="col"><span class="unheard">Drawn</span></th><th scope="col" class="end">p</th><th scope="col" class="end">adjusted</th><th scope="col">Detectable</th><th scope="col" class="end">Tasks</th></tr></thead><tbody>
${rows}</tbody></table></div>`
  const sentences = html`<ul class="notes">${results.map(result => html`<li>${result.verdict.sentence}</li>`)}</ul>`
  const isOpen = results.some(result => result.role === 'primary')
  const title = html`<b>${name}</b> ${lead === undefined ? undefined : verdictMark(lead)}`
  const about = lead === undefined ? '' : lead.verdict.sentence
  return fold({ title, about, className: 'contrast', isOpen }, [table, fold({ title: 'In sentences' }, sentences)])
}

function resultRow(result: ContrastResult): Markup {
  const { metric, p, adjustedP, tasks, role, bounds, censored } = result
  const label = compareMetric(metric)?.label ?? metric
  const marks = [
    ...(role === 'primary' ? ['primary'] : role === 'exploratory' ? ['exploratory'] : []),
    ...(bounds?.changesVerdict === true ? ['lost trials could change it'] : []),
    ...(censored === undefined ? [] : ['cut off by limits']),
  ]
  const about = marks.length === 0 ? undefined : html` <span class="about">${marks.join(', ')}</span>`
  return html`<tr><th scope="row">${label}${about}</th><td>${verdictMark(result)}</td><td class="figure">${estimateText(result) ?? 'too little data'}</td><td>${intervalPlot(result)}</td><td class="end">${p === undefined ? '–' : pText(p)}</td><td class="end">${adjustedP === undefined ? '–' : pText(adjustedP)}</td><td>${detectableText(result) ?? '–'}</td><td class="end">${tasks}</td></tr>\n`
}

function flipsMarkup({ contrast, gained, lost }: TaskFlips, pairs: ReadonlyMap<string, FlipPair>): Markup {
  if (gained.length + lost.length === 0) return html``
  const line =
    (sign: string, words: string) =>
    ({ task, baseline, other }: TaskFlips['gained'][number]) => {
      const pair = pairs.get(task)
      const name = pair === undefined ? html`${task}` : html`<a href="pairs/${pair.name}.html">${task}</a>`
      return html`<li><span class="sign ${words}" role="img" aria-label="${words}">${sign}</span> ${name} <span class="about">${baseline} → ${other}</span></li>`
    }
  const list = html`<ul class="files">${lost.map(line('−', 'lost'))}${gained.map(line('+', 'gained'))}</ul>`
  return fold(
    {
      title: html`Tasks that flipped: ${contrast}`,
      about: `${lost.length} lost, ${gained.length} gained`,
      isOpen: gained.length + lost.length <= 12,
    },
    list,
  )
}
