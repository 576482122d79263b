import { grouped } from '../../../base/number-text.ts'
import type { DrawChart } from '../../charts/draw-chart.ts'
import { type PartWriters, partsInOrder, REPORT_PARTS } from '../../document/parts.ts'
import type { Player, Report } from '../../document/report.ts'
import { type ReportDocument, type ScopeView, scopeViews } from '../../document/report-document.ts'
import { coverageLine, factorLines, kindWords, methodFacts, noticesOf, runFacts } from '../../document/report-words.ts'
import { sectionsOf } from '../../document/sections.ts'
import { gapTables } from '../../tables/gap-tables.ts'
import { decisionMarkup } from './decision-markup.ts'
import { html, type Markup, trusted } from './markup.ts'
import { sectionMarkup } from './section-markup.ts'
import { STYLE } from './style.ts'
import { tableMarkup } from './table-markup.ts'

/** Nothing is loaded from anywhere, and nothing runs. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/** More players than this make a page too long to read, and too heavy for a browser. */
const SCOPES_MAX = 12

/** `report.html`: one file, readable without a network, on a screen in any light and on paper. */
export function renderHtml(document: ReportDocument, draw: DrawChart): string {
  const { report } = document
  const views = scopeViews(document)
  const shown = views.slice(0, SCOPES_MAX)
  const gaps = gapTables(report)
  const writers: PartWriters<Markup> = {
    head: () => [headMarkup(report, shown, gaps.length > 0)],
    notices: () => [noticesMarkup(document)],
    decision: () => [decisionMarkup(document, shown)],
    facts: () => [factsMarkup(report)],
    scopes: () => [
      ...shown.map((view, index) => articleOf(view, index, draw)),
      ...restMarkup(views.length - shown.length),
    ],
    gaps: () => gapsMarkup(gaps.map(table => tableMarkup(table, { idPrefix: 'gaps' }))),
    method: () => [methodMarkup(document)],
  }
  const main = REPORT_PARTS.filter(part => part !== 'head' && part !== 'method')
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${report.run.name} · scriptbench</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#decision">Skip to the decision</a>
${partsInOrder(writers, ['head'])}<main>
${partsInOrder(writers, main)}</main>
${partsInOrder(writers, ['method'])}</body>
</html>
`
  return page.markup
}

function headMarkup(report: Report, shown: readonly ScopeView[], hasGaps: boolean): Markup {
  return html`<header class="page">
<p class="brand">scriptbench <span>${dateText(report.run.createdAt)}</span></p>
<h1>${report.run.name}</h1>
<p class="coverage">${coverageLine(report)}</p>
${navigation(shown, hasGaps)}</header>
`
}

/** An ISO date as people write it; anything else as it is. */
function dateText(date: string): string {
  const [, day, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*Z$/.exec(date) ?? []
  return day === undefined || minute === undefined ? date : `${day} ${minute} UTC`
}

function noticesMarkup(document: ReportDocument): Markup {
  const notices = noticesOf(document).map(({ tone, title, text }) => {
    return html`<div class="notice ${tone}"><strong>${title}</strong><p>${text}</p></div>\n`
  })
  return html`<div class="notices">${notices}</div>\n`
}

function factsMarkup(report: Report): Markup {
  const factors = factorLines(report).map(line => html`<li>${line}</li>\n`)
  return html`<section class="facts" aria-label="Players and factors">
<div><h2>Players</h2><ul class="players">${report.players.map(playerMarkup)}</ul></div>
<div><h2>Factors</h2><ul class="factors">${factors}</ul></div>
</section>
`
}

function playerMarkup({ model, kind, isEvidence, trials }: Player): Markup {
  const count = `${grouped(trials)} ${trials === 1 ? 'trial' : 'trials'}`
  return html`<li>${model} ${kindBadge(kind, isEvidence)} <span class="about">${kindWords(kind)}, ${count}</span></li>\n`
}

function kindBadge(label: string, isEvidence: boolean): Markup {
  return isEvidence ? html`<span class="kind">${label}</span>` : html`<span class="kind none">${label}</span>`
}

function navigation(views: readonly ScopeView[], hasGaps: boolean): Markup {
  const links = views.map(({ scope }, index) => html`<li><a href="#scope-${index}">${scope.name}</a></li>`)
  const gaps = hasGaps ? html`<li><a href="#gaps">What is missing</a></li>` : undefined
  return html`<nav aria-label="Sections"><ul><li><a href="#decision">Decision</a></li>${links}${gaps}<li><a href="#method">Method</a></li></ul></nav>\n`
}

function articleOf(view: ScopeView, index: number, draw: DrawChart): Markup {
  const { scope } = view
  const label = scope.isEvidence ? scope.kinds.join(', ') : `${scope.kinds.join(', ')}: no evidence about models`
  const idPrefix = `scope-${index}`
  return html`<article class="scope" id="${idPrefix}" aria-labelledby="${idPrefix}-title">
<h2 id="${idPrefix}-title">${scope.name}${kindBadge(label, scope.isEvidence)}</h2>
${sectionsOf(view, 'html').map(section => sectionMarkup(section, { idPrefix, draw }))}</article>
`
}

function restMarkup(count: number): Markup[] {
  return count <= 0
    ? []
    : [
        html`<p class="missing">… and ${grouped(count)} more players; see results.json, compare.json and trials.csv.</p>\n`,
      ]
}

function gapsMarkup(tables: readonly Markup[]): Markup[] {
  if (tables.length === 0) return []
  return [
    html`<article class="scope" id="gaps" aria-labelledby="gaps-title">\n<h2 id="gaps-title">What is missing</h2>\n${tables}</article>\n`,
  ]
}

function methodMarkup(document: ReportDocument): Markup {
  const list = (facts: readonly [name: string, value: string][]) =>
    html`<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>\n`
  return html`<footer class="page" id="method">
<h2>Method</h2>
${list(methodFacts(document))}<h2>The run</h2>
${list(runFacts(document.report))}<p>Every number comes from the trials’ logs. Next to this page: trials.csv has one row per trial, results.json the same facts as data, compare.json and contrasts.csv every contrast.</p>
</footer>
`
}
