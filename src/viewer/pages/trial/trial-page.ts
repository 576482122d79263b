import { isEvidence } from '../../../base/models/player-kind.ts'
import { amountText, durationText, usdText } from '../../../base/number-text.ts'
import type { TrialDescriptor } from '../../../contracts/events.ts'
import { html, type Markup } from '../../../report/formats/html/markup.ts'
import type { RunFolder } from '../../library/find-runs.ts'
import type { RowOutcome, TrialRow } from '../../library/trial-row.ts'
import { counted } from '../../markup/counted.ts'
import { outcomeMark } from '../../markup/outcome-mark.ts'
import type { TextRules } from '../../markup/text-block.ts'
import { tokenChart } from '../../markup/token-chart.ts'
import { trialChart } from '../../markup/trial-chart.ts'
import type { TrialStory } from '../../story/trial-story.ts'
import { dateText } from '../date-text.ts'
import { layout, type PageRules, ROOTS } from '../layout.ts'
import { endingMarkup } from './ending-markup.ts'
import { turnMarkup } from './turn-markup.ts'

export interface TrialPage {
  run: RunFolder
  row: TrialRow
  story: TrialStory
  arm: string
  isTorn: boolean
  /** Trials of the same task, model and repeat in the arms that differ in one factor. */
  siblings: { id: string; arm: string; outcome: RowOutcome }[]
  previous?: string
  next?: string
  /** Nothing is left out of long texts. */
  isWhole: boolean
}

/** One trial, turn by turn. */
export function trialPage(page: TrialPage, rules: PageRules): string {
  const { run, row, story, arm, isWhole } = page
  let cuts = 0
  const text: TextRules = {
    isWhole,
    onCut() {
      cuts++
    },
  }
  const { turns } = story
  const conversation = turns.map((turn, index) =>
    turnMarkup(turn, { before: turns[index - 1], next: turns[index + 1] }, text),
  )
  const ending = endingMarkup(story, text)
  const task = story.start?.trial.task ?? row.trial?.task ?? row.id
  const body = html`${headMarkup(page)}${wholeNote(page, cuts)}${tornNote(page)}
<div class="with-side"><nav class="side" aria-label="Turns"><ol>${turns.map(sideItem)}<li><a href="#workspace">Workspace</a></li><li><a href="#verifier">Verifier</a></li></ol></nav>
<div class="story">
${overviewMarkup(story)}${turns.length === 0 ? html`<p class="missing">The log has no request.</p>` : conversation}
${ending}</div></div>
`
  const crumbs = [
    { name: 'scriptbench', href: `${ROOTS.trial}index.html` },
    { name: run.folder, href: '../index.html' },
    { name: `${task}, ${arm}` },
  ]
  return layout({ title: `${task}, ${arm}`, root: ROOTS.trial, crumbs, body, kind: 'trial', isWide: true }, rules)
}

function sideItem({ turn, scripts, calls, reply, protocolErrors }: TrialStory['turns'][number]): Markup {
  const all = [...calls, ...scripts.flatMap(script => script.calls)]
  const isBad =
    reply?.failure !== undefined ||
    protocolErrors.length > 0 ||
    scripts.some(script => script.end?.failure !== undefined)
  const hasErrors = all.some(call => call.record.status !== 'ok')
  const mark = isBad
    ? html` <span class="bad" role="img" aria-label="failed">✗</span>`
    : hasErrors
      ? html` <span class="warn" role="img" aria-label="with failed calls">!</span>`
      : undefined
  const words = [
    ...(scripts.length > 0 ? ['script'] : []),
    ...(all.length > 0 ? [counted(all.length, 'call')] : []),
  ].join(', ')
  return html`<li><a href="#turn-${turn}"><b>${turn}</b> <span>${words === '' ? 'answer' : words}</span>${mark}</a></li>\n`
}

function headMarkup({ row, story, arm, siblings, previous, next }: TrialPage): Markup {
  const trial = story.start?.trial ?? row.trial
  const neighbours = [
    ...(previous === undefined ? [] : [html`<a rel="prev" href="${previous}.html">previous trial</a>`]),
    ...(next === undefined ? [] : [html`<a rel="next" href="${next}.html">next trial</a>`]),
  ]
  const beside = siblings.map(sibling => {
    return html`<li><a href="../pairs/${pairName(row.id, sibling.id)}.html">${sibling.arm}</a> ${outcomeMark(sibling.outcome)}</li>`
  })
  const list =
    beside.length === 0 ? undefined : html`<div class="beside"><h2>Side by side with</h2><ul>${beside}</ul></div>`
  return html`<div class="title"><h1>${trial?.task ?? row.id}</h1>${outcomeMark(row.outcome)}<p class="neighbours">${neighbours}</p></div>
<dl class="facts">${factsOf({ row, trial, arm, story }).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${list}`
}

/** Pairs have one address, whichever of the two comes first. */
export function pairName(one: string, other: string): string {
  return one < other ? `${one}~${other}` : `${other}~${one}`
}

interface Facts {
  row: TrialRow
  trial: TrialDescriptor | undefined
  arm: string
  story: TrialStory
}

function factsOf({ row, trial, arm, story }: Facts): [string, string][] {
  const metrics = row.numbers.kind === 'measured' ? row.numbers.metrics : undefined
  const player =
    trial === undefined
      ? '–'
      : `${trial.model} (${trial.playerKind}${isEvidence(trial.playerKind) ? '' : ': no evidence about models'})`
  return [
    ['Model', player],
    ['Arm', `${arm}${trial === undefined ? '' : `, repeat ${trial.repeat + 1}`}`],
    [
      'Turns',
      `${story.turns.length}, with ${counted(story.calls.length, 'call')} and ${counted(story.scripts.length, 'script')}`,
    ],
    ['Tokens', `${amountText(metrics?.inputTokens)} in, ${amountText(metrics?.outputTokens)} out`],
    ['Cost', usdText(metrics?.costUsd)],
    [
      'Time',
      `${durationText(metrics?.wallMs)}, of which model ${durationText(metrics?.modelMs)}, tools ${durationText(metrics?.toolMs)}`,
    ],
    ['Started', dateText(story.start?.startedAt ?? '–')],
    ['Trial', row.id],
  ]
}

function wholeNote({ row, isWhole }: TrialPage, cuts: number): Markup | undefined {
  if (isWhole)
    return html`<p class="note">The whole log; <a href="${row.id}.html">the usual page</a> leaves out the middle of very long texts.</p>`
  if (cuts === 0) return undefined
  return html`<p class="note">${cuts} very long ${cuts === 1 ? 'text is' : 'texts are'} cut on this page; <a href="${row.id}.whole.html">the whole page</a> has all of them.</p>`
}

function tornNote({ isTorn }: TrialPage): Markup | undefined {
  if (!isTorn) return undefined
  return html`<div class="notice warning"><strong>Torn log</strong><p>The last line of this log was cut off, as a crash or a run that goes on leaves it. All lines before it are whole.</p></div>`
}

function overviewMarkup(story: TrialStory): Markup {
  if (story.turns.length === 0) return html``
  return html`<section class="overview" aria-label="Overview">${trialChart(story)}${tokenChart(story.turns)}</section>\n`
}
