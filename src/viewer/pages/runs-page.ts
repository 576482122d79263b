import { distinct } from '../../base/lists.ts'
import { isEvidence } from '../../base/models/player-kind.ts'
import { grouped } from '../../base/number-text.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import type { RunFolder } from '../library/find-runs.ts'
import type { RunView } from '../library/run-store.ts'
import { counted } from '../markup/counted.ts'
import { shortLine } from '../markup/text-block.ts'
import { countOf, coverage, isScored, stateMark } from './coverage.ts'
import { dateText } from './date-text.ts'
import { layout, type PageRules } from './layout.ts'

/** One run of the list: shown, or why it cannot be. */
export type ListedRun = { run: RunFolder } & (
  | { kind: 'run'; view: RunView; verdict: Markup }
  | { kind: 'problem'; text: string }
)

interface RunsPage {
  reportsDir: string
  runs: readonly ListedRun[]
  /** Whether verdicts are still being worked out, or a run is going on. */
  isLive: boolean
}

export function runsPage({ reportsDir, runs, isLive }: RunsPage, rules: PageRules): string {
  const body = html`<h1>Runs</h1>
<p class="lead">${counted(runs.length, 'run')} in ${reportsDir}</p>
${runs.length === 0 ? emptyMarkup(reportsDir) : tableMarkup(runs)}`
  const crumbs = [{ name: 'scriptbench' }]
  return layout({ title: 'Runs', root: '', crumbs, body, kind: 'runs', ...(isLive && { live: 'live' }) }, rules)
}

function emptyMarkup(reportsDir: string): Markup {
  return html`<div class="notice warning"><strong>No run here</strong><p>${reportsDir} has no folder with a manifest.json. To make a run: <code>scriptbench run suites/demo.yaml</code></p></div>\n`
}

function tableMarkup(runs: readonly ListedRun[]): Markup {
  return html`<div class="filters" hidden><label>Search <input type="search" data-search="runs" autocomplete="off" spellcheck="false"></label><span class="count" data-count="runs" role="status"></span></div>
<div class="scroll" tabindex="0" role="region" aria-label="Runs"><table class="list" data-list="runs">
<thead><tr><th scope="col">Run</th><th scope="col">State</th><th scope="col">Trials</th><th scope="col" class="end">Solved</th><th scope="col">Primary contrast</th><th scope="col">Players</th><th scope="col">Started</th></tr></thead>
<tbody>
${runs.map(listedRow)}</tbody></table></div>\n`
}

/** The part of the list that changes while a run goes on. */
export function listedRow(listed: ListedRun): Markup {
  const { key, folder } = listed.run
  const link = html`<a href="runs/${key}/index.html">${folder}</a>`
  if (listed.kind === 'problem')
    return html`<tr id="run-${key}" data-item><th scope="row">${link}</th><td colspan="6" class="problem">${listed.text}</td></tr>\n`
  const { view, verdict } = listed
  const { manifest, state } = view
  const name =
    manifest.suite.name === folder ? undefined : html`<span class="about">${shortLine(manifest.suite.name, 80)}</span>`
  const scored = view.rows.filter(isScored).length
  const solved = scored === 0 ? '–' : `${grouped(countOf(view, 'solved'))} of ${grouped(scored)}`
  return html`<tr id="run-${key}" data-item><th scope="row">${link}${name}</th><td>${stateMark(state)}</td><td>${coverage(view)}</td><td class="end">${solved}</td><td class="verdict">${verdict}</td><td>${playersMarkup(view)}</td><td class="date">${dateText(manifest.createdAt)}</td></tr>\n`
}

function playersMarkup({ manifest }: RunView): Markup {
  const kinds = distinct(Object.values(manifest.models).map(model => model.playerKind))
  const names = Object.keys(manifest.models).map(name => shortLine(name, 60))
  const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? `, ${names.length - 3} more` : '')
  const isNone = !kinds.some(isEvidence)
  return isNone ? html`${shown} <span class="about">no evidence about models</span>` : html`${shown}`
}
