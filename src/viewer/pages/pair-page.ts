import { asObject, asText } from '../../base/json-fields.ts'
import { amountText, durationText } from '../../base/number-text.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import type { RunFolder } from '../library/find-runs.ts'
import type { TrialRow } from '../library/trial-row.ts'
import { fold } from '../markup/fold.ts'
import { outcomeMark } from '../markup/outcome-mark.ts'
import { codeBlock, shortLine, type TextRules, textBlock } from '../markup/text-block.ts'
import type { CallStory, ScriptStory, TrialStory, TurnStory } from '../story/trial-story.ts'
import { layout, type PageRules, ROOTS } from './layout.ts'
import { argumentsLine } from './trial/call-markup.ts'

export interface PairSide {
  row: TrialRow
  arm: string
  /** A story, or why there is none. */
  story: TrialStory | string
}

interface PairPage {
  run: RunFolder
  sides: readonly [PairSide, PairSide]
}

/** Two trials next to each other, each with its own turns: one turn of a script can be next to many. */
export function pairPage({ run, sides }: PairPage, rules: PageRules): string {
  const text: TextRules = { isWhole: false, onCut() {} }
  const tasks = [...new Set(sides.map(({ row }) => row.trial?.task ?? row.id))]
  const title = tasks.join(' and ')
  const body = html`<h1>${title}</h1>
<p class="lead">Side by side</p>
${factsTable(sides)}<div class="columns">${sides.map((side, index) => sideMarkup(side, index, text))}</div>
`
  const crumbs = [
    { name: 'scriptbench', href: `${ROOTS.trial}index.html` },
    { name: run.folder, href: '../index.html' },
    { name: `${title}, side by side` },
  ]
  return layout({ title: `${title}, side by side`, root: ROOTS.trial, crumbs, body, kind: 'pair', isWide: true }, rules)
}

function factsTable(sides: PairPage['sides']): Markup {
  const metrics = sides.map(({ row }) => (row.numbers.kind === 'measured' ? row.numbers.metrics : undefined))
  const rows: [string, (string | Markup)[]][] = [
    ['Outcome', sides.map(({ row }) => outcomeMark(row.outcome))],
    ['Model', sides.map(({ row }) => row.trial?.model ?? '–')],
    ['Turns', metrics.map(own => (own === undefined ? '–' : String(own.turns)))],
    ['Calls', metrics.map(own => (own === undefined ? '–' : String(own.toolCalls)))],
    ['Calls at the same time, at most', metrics.map(own => String(own?.maxInFlight ?? '–'))],
    ['Input tokens', metrics.map(own => amountText(own?.inputTokens))],
    ['Output tokens', metrics.map(own => amountText(own?.outputTokens))],
    ['Bytes from tools', metrics.map(own => amountText(own?.bytesFromTools))],
    ['Bytes into the context', metrics.map(own => amountText(own?.bytesIntoContext))],
    ['Time', metrics.map(own => durationText(own?.wallMs))],
  ]
  const heads = sides.map(({ arm, row }) => html`<th scope="col"><a href="../trials/${row.id}.html">${arm}</a></th>`)
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Both trials in numbers"><table class="list beside"><thead><tr><td></td>${heads}</tr></thead><tbody>
${rows.map(([name, cells]) => html`<tr><th scope="row">${name}</th>${cells.map(cell => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table></div>\n`
}

function sideMarkup({ row, arm, story }: PairSide, index: number, rules: TextRules): Markup {
  const name = `side-${index + 1}`
  const turns =
    typeof story === 'string'
      ? html`<p class="missing">${story}</p>`
      : html`${story.turns.map(turn => turnMarkup(turn, row.id, rules))}`
  return html`<section class="column" aria-labelledby="${name}"><h2 id="${name}"><a href="../trials/${row.id}.html">${arm}</a></h2>
${turns}</section>\n`
}

function turnMarkup(
  { turn, reply, scripts, calls, protocolErrors }: TurnStory,
  trial: string,
  rules: TextRules,
): Markup {
  const href = `../trials/${trial}.html#turn-${turn}`
  const text = asText(asObject(reply?.said).text)
  const hasSource = scripts.some(
    ({ source }) => source !== undefined && source.trim() !== '' && text.includes(source.trim()),
  )
  const said = text === '' || hasSource ? undefined : textBlock(text, rules, 'said')
  const errors = protocolErrors.map(error => html`<p class="ended bad">protocol error (${error.class})</p>`)
  const about =
    reply === undefined
      ? 'no reply'
      : `${durationText(reply.latencyMs)} · ${amountText(reply.usage?.outputTokens)} tokens out`
  return html`<section class="turn" data-item aria-label="Turn ${turn}"><h3><a href="${href}">Turn ${turn}</a> <span class="about">${about}</span></h3>
${said}${errors}${scripts.map(script => scriptMarkup(script, trial, rules))}${callsMarkup(calls, trial, `Calls of turn ${turn}`)}</section>\n`
}

function scriptMarkup({ number, source, end, calls }: ScriptStory, trial: string, rules: TextRules): Markup {
  const code =
    source === undefined
      ? html`<p class="missing">The source is not in the log.</p>`
      : codeBlock(source, rules, {
          ...(end?.failure?.line !== undefined && { failedLine: end.failure.line }),
        })
  const failure =
    end?.failure === undefined
      ? undefined
      : html`<p class="ended bad">✗ ${end.failure.class}: <a href="../trials/${trial}.html#script-${number}">${shortLine(end.failure.message)}</a></p>`
  return html`${code}${failure}${callsMarkup(calls, trial, `Calls of script ${number}`)}`
}

function callsMarkup(calls: readonly CallStory[], trial: string, label: string): Markup {
  if (calls.length === 0) return html``
  const items = calls.map(({ number, record }) => {
    const isOk = record.status === 'ok'
    return html`<li><span class="${isOk ? 'good' : 'bad'}" role="img" aria-label="${record.status}">${isOk ? '✓' : '✗'}</span> <a href="../trials/${trial}.html#call-${number}">${shortLine(record.tool, 60)}</a> <span class="what">${argumentsLine(record.args)}</span> <span class="took">${durationText(record.endedAtMs - record.startedAtMs)}</span></li>`
  })
  const list = html`<ol class="ledger-lines">${items}</ol>`
  return calls.length <= 6 ? list : fold({ title: label, about: String(calls.length) }, list)
}
