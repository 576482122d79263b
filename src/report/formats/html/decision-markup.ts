import { plainLine } from '../../../base/plain-text.ts'
import { comparisonOf, type ReportDocument, type ScopeView } from '../../document/report-document.ts'
import { kindWords } from '../../document/report-words.ts'
import { againstBaseline } from '../../judging/against-baseline.ts'
import { compareMetric } from '../../judging/compare-metrics.ts'
import { breakEvenText, noiseText } from '../../judging/contrast-text.ts'
import type { Decision } from '../../judging/decide.ts'
import { detectableText, estimateText, pText } from '../../judging/figure-text.ts'
import { baselineTable } from '../../tables/baseline-table.ts'
import { thousandTable } from '../../tables/thousand-table.ts'
import { html, type Markup } from './markup.ts'
import { tableMarkup } from './table-markup.ts'

/** The first page: what to use, per model, and what got worse since the baseline, before anything else. */
export function decisionMarkup(document: ReportDocument, views: readonly ScopeView[]): Markup {
  const comparison = comparisonOf(document)
  const missing = 'missing' in document.comparison ? document.comparison.missing : undefined
  const lead = missing === undefined ? undefined : html`<p class="missing">No decision: ${missing}.</p>\n`
  const howSure =
    comparison === undefined
      ? undefined
      : html`<p class="note">Solved tasks decide; where both arms solve alike within the margin, what they take does. Intervals are unadjusted, 95 %; the adjusted p decides. A contrast is other − baseline (pp, percentage points) or other / baseline (×).</p>\n`
  return html`<section class="decisions" id="decision" aria-labelledby="decision-title">
<h2 id="decision-title">Decision</h2>
${lead}${baselineMarkup(document)}${views.map(cardOf)}${howSure}</section>
`
}

function baselineMarkup({ baseline }: ReportDocument): Markup | undefined {
  if (baseline === undefined) return undefined
  if ('missing' in baseline) return html`<p class="missing">No comparison with the baseline: ${baseline.missing}.</p>\n`
  const table = baselineTable(againstBaseline(baseline))
  if (table.rows.length > 0) return tableMarkup(table, { idPrefix: 'decision' })
  return html`<p class="missing">No comparison with the baseline: no model played in both runs.</p>\n`
}

function cardOf(view: ScopeView, index: number): Markup {
  const { scope, decision } = view
  const kinds = scope.kinds.map(kind => `${kind}: ${kindWords(kind)}`).join('; ')
  const choice = decision?.choice ?? 'unknown'
  const headline = decision?.headline ?? (scope.isEvidence ? 'Unknown' : 'No recommendation')
  const costs = thousandTable(view)
  const table =
    costs.rows.length === 0
      ? html`<p class="missing">Cost and time per 1,000 tasks: unknown.</p>\n`
      : tableMarkup(costs, { idPrefix: `decision-${index}`, heading: 'h4' })
  return html`<article class="decision choice-${choice}">
<div class="verdict">
<h3><a href="#scope-${index}">${scope.name}</a> <span class="about">${kinds}</span></h3>
<p class="headline">${headline}</p>
${decision && evidenceMarkup(decision, view)}</div>
${table}</article>
`
}

function evidenceMarkup({ reason, primary, solved, slope }: Decision, { compared }: ScopeView): Markup {
  if (primary === undefined) return html`<p>${reason}</p>\n`
  const { other, baseline, metric, adjustedP, verdict } = primary
  const floor = compared?.noiseFloor.find(({ metric: name }) => name === metric)
  const facts: [name: string, value: string][] = [
    ['Primary contrast', `${other} − ${baseline}, ${compareMetric(metric)?.label.toLowerCase() ?? metric}`],
    ['Estimate [95 %]', estimateText(primary) ?? 'unknown'],
    ['Adjusted p', adjustedP === undefined ? 'unknown' : pText(adjustedP)],
    ...(solved === undefined ? [] : [['Solved', estimateText(solved) ?? 'unknown'] as [string, string]]),
    ['Detectable effect', detectableText(primary) ?? 'unknown'],
    ['Noise floor', noiseText(floor)],
    ['Break-even', slope?.breakEven === undefined ? 'none found' : breakEvenText(slope)],
  ]
  return html`<p>${reason}</p>
<p class="sentence">${plainLine(verdict.sentence, 600)}</p>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
`
}
