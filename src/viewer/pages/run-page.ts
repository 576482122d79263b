import { isEvidence } from '../../base/models/player-kind.ts'
import { grouped } from '../../base/number-text.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import { armName, armNames, varyingFactors } from '../library/arm-names.ts'
import type { RunView } from '../library/run-store.ts'
import { counted } from '../markup/counted.ts'
import { countOf, coverage, doneOf, isScored, OUTCOMES, stateMark } from './coverage.ts'
import { dateText } from './date-text.ts'
import { layout, type PageRules, ROOTS } from './layout.ts'
import { taskMatrix } from './task-matrix.ts'
import { trialTable } from './trial-table.ts'

/** One run: how far it is, its arms, tasks × arms, and every trial. */
export function runPage(view: RunView, verdict: Markup, rules: PageRules): string {
  const { manifest, run, rows, revision, state } = view
  const factors = factorsOf(view)
  const body = html`<h1>${run.folder}</h1>
<p class="lead">${manifest.suite.name === run.folder ? '' : `suite ${manifest.suite.name}, `}started ${dateText(manifest.createdAt)}</p>
<div id="run-status">${statusMarkup(view)}</div>
<div id="run-verdict">${verdict}</div>
<section aria-labelledby="arms"><h2 id="arms">Arms</h2>
<div id="run-arms">${armsMarkup(view)}</div></section>
<section aria-labelledby="matrix"><h2 id="matrix">Tasks and arms</h2>
<p class="note">Solved of scored. A cell leads to its trial, or to the first that was not solved.</p>
<div id="run-matrix">${taskMatrix(rows, factors)}</div></section>
<section aria-labelledby="trials"><h2 id="trials">Trials</h2>
${trialTable({ rows, factors, canPick: !rules.isCopy })}</section>
<section aria-labelledby="about"><h2 id="about">The run</h2>
${factsMarkup(view)}</section>
`
  const crumbs = [{ name: 'scriptbench', href: `${ROOTS.run}index.html` }, { name: run.folder }]
  const live = state === 'going-on' || view.comparison.kind === 'waiting' ? { live: `live?since=${revision}` } : {}
  return layout({ title: run.folder, root: ROOTS.run, crumbs, body, kind: 'run', isWide: true, ...live }, rules)
}

export function factorsOf({ rows }: RunView): string[] {
  return varyingFactors(rows.flatMap(row => row.trial ?? []))
}

export function statusMarkup(view: RunView): Markup {
  const counts = OUTCOMES.map(outcome => ({ outcome, count: countOf(view, outcome) })).filter(({ count }) => count > 0)
  const words = counts.map(
    ({ outcome, count }) => html`<li><span class="dot outcome-${outcome}"></span>${grouped(count)} ${outcome}</li>`,
  )
  return html`<p class="status">${stateMark(view.state)} ${coverage(view)}</p><ul class="counts">${words}</ul>${noticesMarkup(view)}`
}

function noticesMarkup(view: RunView): Markup[] {
  const { manifest, rows, tornLines, state } = view
  const kinds = Object.values(manifest.models).map(model => model.playerKind)
  const unreadable = rows.filter(row => row.numbers.kind === 'unreadable').length
  const notices: [tone: 'danger' | 'warning', title: string, text: string][] = []
  if (kinds.length > 0 && !kinds.some(isEvidence))
    notices.push([
      'warning',
      'No evidence about models',
      'None of the players is a language model: this run can show harness time and request sizes, and nothing about what a model would do.',
    ])
  if (manifest.sandbox.mechanism === 'none')
    notices.push(['danger', 'Sandbox: none', `Commands ran with this user’s rights. ${manifest.sandbox.reason ?? ''}`])
  if (manifest.imported !== undefined)
    notices.push([
      'warning',
      'Measured elsewhere',
      `Its outcomes come from ${manifest.imported.source}. Only they were imported, so there are no trials to read.`,
    ])
  else if (rows.length === 0) notices.push(['warning', 'No trial yet', 'The journal of this run is empty.'])
  else if (state === 'incomplete')
    notices.push([
      'warning',
      'Incomplete',
      `${grouped(manifest.trialsPlanned - doneOf(view))} planned trials are not done; arms can have different tasks.`,
    ])
  if (tornLines > 0)
    notices.push([
      'danger',
      'Damaged journal',
      `${counted(tornLines, 'line')} of journal.jsonl cannot be read. Their trials count as not run.`,
    ])
  if (unreadable > 0)
    notices.push([
      'danger',
      'Damaged logs',
      `${unreadable} finished ${unreadable === 1 ? 'trial has' : 'trials have'} no readable log; the list below says which and why.`,
    ])
  return notices.map(
    ([tone, title, text]) => html`<div class="notice ${tone}"><strong>${title}</strong><p>${text}</p></div>\n`,
  )
}

export function armsMarkup(view: RunView): Markup {
  const factors = factorsOf(view)
  const known = view.rows.flatMap(row => (row.trial === undefined ? [] : [{ row, trial: row.trial }]))
  const names = armNames(
    known.map(({ trial }) => trial),
    factors,
  )
  const lines = names.map(name => {
    const own = known.filter(({ trial }) => armName(trial, factors) === name).map(({ row }) => row)
    const count = (outcome: string) => own.filter(row => row.outcome === outcome).length
    const scored = own.filter(isScored).length
    return html`<tr><th scope="row">${name}</th><td class="end">${grouped(own.length)}</td><td class="end">${grouped(scored)}</td><td class="end">${grouped(count('solved'))}</td><td class="end">${grouped(count('limited'))}</td><td class="end">${grouped(count('failed') + count('cancelled'))}</td></tr>\n`
  })
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Arms"><table class="list"><thead><tr><th scope="col">${factors.length === 0 ? 'Arm' : factors.join(' · ')}</th><th scope="col" class="end">Trials</th><th scope="col" class="end">Scored</th><th scope="col" class="end">Solved</th><th scope="col" class="end">Limited</th><th scope="col" class="end">Failed</th></tr></thead><tbody>
${lines}</tbody></table></div>\n`
}

function factsMarkup({ manifest }: RunView): Markup {
  const { versions, platform, seed, sandbox, suite, tasksLeftOut } = manifest
  const facts: [string, string][] = [
    ['Suite digest', suite.digest],
    ['Seed', String(seed)],
    ['Sandbox', `${sandbox.mechanism} (${sandbox.policy})`],
    [
      'Versions',
      `scriptbench ${versions.scriptbench}, Node ${versions.node}, protocol ${versions.protocol}, log ${versions.log}`,
    ],
    ['Machine', `${platform.os} ${platform.arch}, ${platform.cpus} CPUs`],
    ...tasksLeftOut.map(({ task, reason }): [string, string] => ['Left out', `${task}: ${reason}`]),
  ]
  return html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>\n`
}
