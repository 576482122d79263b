import { plainLine } from '../../../base/plain-text.ts'
import { baselineTables, missingDecisions } from '../../document/parts.ts'
import { comparisonOf, type ReportDocument, type ScopeView } from '../../document/report-document.ts'
import { kindWords } from '../../document/report-words.ts'
import type { Decision } from '../../judging/decide.ts'
import { breakEvenText, detectableText, estimateText, pText } from '../../judging/figure-text.ts'
import { QUANTITY } from '../../judging/quantities.ts'
import { verdictText } from '../../judging/verdicts.ts'
import { floorText, metricLabel } from '../../tables/contrast-tables.ts'
import { DECISION_NOTE, thousandTable } from '../../tables/decision-tables.ts'
import { html, type Markup } from './markup.ts'
import { tableMarkup } from './table-markup.ts'

/** The first page: what to use, per model, and what got worse since the baseline, before anything else. */
export function decisionMarkup(document: ReportDocument, views: readonly ScopeView[]): Markup {
  const missing = missingDecisions(document).map(line => html`<p class="missing">${line}</p>\n`)
  const baseline = baselineTables(document).map(table => tableMarkup(table, { idPrefix: 'decision' }))
  const howSure = comparisonOf(document) === undefined ? undefined : html`<p class="note">${DECISION_NOTE}</p>\n`
  return html`<section class="decisions" id="decision" aria-labelledby="decision-title">
<h2 id="decision-title">Decision</h2>
${missing}${baseline}${views.map(cardOf)}${howSure}</section>
`
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
  const facts: [name: string, value: string][] = [
    ['Primary contrast', `${other} − ${baseline}, ${metricLabel(metric).toLowerCase()}`],
    [QUANTITY.value, estimateText(primary) ?? 'unknown'],
    [QUANTITY.adjustedP, adjustedP === undefined ? 'unknown' : pText(adjustedP)],
    ...(solved === undefined ? [] : [['Solved', estimateText(solved) ?? 'unknown'] as [string, string]]),
    [QUANTITY.verdict, verdictText(primary)],
    [QUANTITY.detectable, detectableText(primary) ?? 'unknown'],
    [QUANTITY.noise, floorText(compared?.noiseFloor ?? [], primary)],
    [QUANTITY.breakEven, slope?.breakEven === undefined ? 'none found' : breakEvenText(slope)],
  ]
  return html`<p>${reason}</p>
<p class="sentence">${plainLine(verdict.sentence, 600)}</p>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
`
}
