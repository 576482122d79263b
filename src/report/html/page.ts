import type { Player, Report, Scope } from '../report.ts'
import { gapTables } from '../tables/run-tables.ts'
import { scopeTables } from '../tables/scope-tables.ts'
import { coverageLine, factorLines, kindWords, noticesOf, runFacts } from '../words.ts'
import { html, type Markup, trusted } from './markup.ts'
import { STYLE } from './style.ts'
import { tableMarkup } from './table-markup.ts'

/** Nothing may be loaded from anywhere. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/** `report.html`: one file, readable without a network, on a screen in any light and on paper. */
export function renderHtml(report: Report): string {
  const gaps = gapTables(report)
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
<header class="page">
<p class="brand">scriptbench <span>${dateText(report.run.createdAt)}</span></p>
<h1>${report.run.name}</h1>
<p class="coverage">${coverageLine(report)}</p>
${noticesMarkup(report)}${factsMarkup(report)}${navigation(report, gaps.length > 0)}</header>
<main>
${report.scopes.map(scopeMarkup)}${gapsMarkup(gaps.map(table => tableMarkup(table, 'gaps')))}</main>
<footer class="page">
<h2>The run</h2>
<dl>${runFacts(report).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<p>Every number comes from the trials’ logs. trials.csv beside this page has one row a trial, results.json the same facts as data.</p>
</footer>
</body>
</html>
`
  return page.markup
}

/** An ISO date as people write it; whatever else stands there, as it is. */
function dateText(date: string): string {
  const [, day, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*Z$/.exec(date) ?? []
  return day === undefined || minute === undefined ? date : `${day} ${minute} UTC`
}

function noticesMarkup(report: Report): Markup {
  const notices = noticesOf(report).map(({ tone, title, text }) => {
    return html`<div class="notice ${tone}"><strong>${title}</strong><p>${text}</p></div>\n`
  })
  return html`<div class="notices">${notices}</div>\n`
}

function factsMarkup(report: Report): Markup {
  const factors = factorLines(report).map(line => html`<li>${line}</li>\n`)
  return html`<div class="facts">
<div><h2>Players</h2><ul class="players">${report.players.map(playerMarkup)}</ul></div>
<div><h2>Factors</h2><ul class="factors">${factors}</ul></div>
</div>
`
}

function playerMarkup({ model, kind, isEvidence, trials }: Player): Markup {
  const count = `${trials} ${trials === 1 ? 'trial' : 'trials'}`
  return html`<li>${model} ${kindBadge(kind, isEvidence)} <span class="about">${kindWords(kind)}, ${count}</span></li>\n`
}

function kindBadge(label: string, isEvidence: boolean): Markup {
  return isEvidence ? html`<span class="kind">${label}</span>` : html`<span class="kind none">${label}</span>`
}

function navigation(report: Report, hasGaps: boolean): Markup {
  const links = report.scopes.map((scope, index) => html`<li><a href="#scope-${index}">${scope.name}</a></li>`)
  const gaps = hasGaps ? html`<li><a href="#gaps">What is missing</a></li>` : undefined
  return html`<nav aria-label="Sections"><ul>${links}${gaps}</ul></nav>\n`
}

function scopeMarkup(scope: Scope, index: number): Markup {
  const label = scope.isEvidence ? scope.kinds.join(', ') : `${scope.kinds.join(', ')}: no evidence about models`
  const tables = scopeTables(scope).map(table => tableMarkup(table, `scope-${index}`))
  return html`<article class="scope" id="scope-${index}">
<h2>${scope.name}${kindBadge(label, scope.isEvidence)}</h2>
${tables}</article>
`
}

function gapsMarkup(tables: readonly Markup[]): Markup | undefined {
  if (tables.length === 0) return undefined
  return html`<article class="scope" id="gaps">\n<h2>What is missing</h2>\n${tables}</article>\n`
}
