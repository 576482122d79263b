import { distinct } from '../../base/lists.ts'
import { amountText, durationText, UNKNOWN, usdText } from '../../base/number-text.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import { armName } from '../library/arm-names.ts'
import type { TrialRow } from '../library/trial-row.ts'
import { outcomeMark } from '../markup/outcome-mark.ts'
import { shortLine } from '../markup/text-block.ts'

/** `sort` says how the column's cells are put in order; cells carry what they are sorted by where the text will not do. */
const COLUMNS = [
  { name: 'Task', sort: 'text' },
  { name: 'Model', sort: 'text' },
  { name: 'Arm', sort: 'text' },
  { name: '#', sort: 'number' },
  { name: 'Outcome', sort: 'text' },
  { name: 'Turns', sort: 'number' },
  { name: 'Calls', sort: 'number' },
  { name: 'Errors', sort: 'number' },
  { name: 'Input', sort: 'number' },
  { name: 'Output', sort: 'number' },
  { name: 'Cost', sort: 'number' },
  { name: 'Time', sort: 'number' },
] as const

interface TrialTable {
  rows: readonly TrialRow[]
  factors: readonly string[]
  /** Whether any two can be put side by side: a copy has only chosen pairs. */
  canPick: boolean
}

/** All trials of a run, with what filters them. */
export function trialTable({ rows, factors, canPick }: TrialTable): Markup {
  const trials = rows.flatMap(row => (row.trial === undefined ? [] : [row.trial]))
  const heads = COLUMNS.map(({ name, sort }) => {
    const align = sort === 'number' ? 'end' : 'start'
    return html`<th scope="col" class="${align}"><button type="button" data-sort="${sort}">${name}</button></th>`
  })
  const pick = canPick ? html`<th scope="col"><span class="unheard">Side by side</span></th>` : undefined
  return html`<div class="filters" hidden>
<label>Search <input type="search" data-search="trials" autocomplete="off" spellcheck="false"></label>
${choice('task', distinct(trials.map(trial => trial.task)))}${choice('model', distinct(trials.map(trial => trial.model)))}${choice('arm', distinct(trials.map(trial => armName(trial, factors))))}${choice('outcome', distinct(rows.map(row => row.outcome)))}<span class="count" data-count="trials" role="status"></span>
${canPick ? html`<button type="button" data-pair disabled>Side by side</button>` : undefined}
</div>
<div class="scroll" tabindex="0" role="region" aria-label="Trials"><table class="list trials" data-list="trials">
<thead><tr>${pick}${heads}</tr></thead>
<tbody id="trial-rows">
${rows.map(row => trialLine(row, factors, canPick))}</tbody></table></div>
<p class="none" data-none="trials" hidden>No trial fits the filters.</p>
`
}

function choice(name: string, values: readonly string[]): Markup {
  if (values.length < 2) return html``
  const options = [...values].sort().map(value => html`<option value="${value}">${shortLine(value, 80)}</option>`)
  return html`<label>${name} <select data-filter="${name}"><option value="">all</option>${options}</select></label>\n`
}

/** One row; filters compare its `data-…` attributes. */
export function trialLine(row: TrialRow, factors: readonly string[], canPick: boolean): Markup {
  const { id, trial, outcome, detail } = row
  const pick = canPick
    ? html`<td><input type="checkbox" value="${id}" aria-label="${`side by side: ${trial?.task ?? id}, ${trial === undefined ? '' : armName(trial, factors)}`}"></td>`
    : undefined
  const about = detail === undefined ? undefined : html` <span class="about">${shortLine(detail, 60)}</span>`
  const link = `trials/${id}.html`
  if (trial === undefined)
    return html`<tr id="row-${id}" data-item data-outcome="${outcome}">${pick}<th scope="row"><a href="${link}">${id}</a></th><td colspan="3" class="problem">its log’s first lines cannot be read</td><td>${outcomeMark(outcome)}${about}</td><td colspan="7"></td></tr>\n`
  const arm = armName(trial, factors)
  return html`<tr id="row-${id}" data-item data-task="${trial.task}" data-model="${trial.model}" data-arm="${arm}" data-outcome="${outcome}">${pick}<th scope="row"><a href="${link}">${trial.task}</a></th><td>${trial.model}</td><td>${arm}</td><td class="end">${trial.repeat + 1}</td><td>${outcomeMark(outcome)}${about}</td>${numberCells(row)}</tr>\n`
}

function numberCells({ numbers }: TrialRow): Markup {
  if (numbers.kind === 'unreadable') return html`<td colspan="7" class="problem">${shortLine(numbers.reason, 120)}</td>`
  if (numbers.kind === 'waiting') return html`<td class="end" colspan="7"></td>`
  const { turns, toolCalls, errorsProtocol, errorsScript, errorsTool, inputTokens, outputTokens, costUsd, wallMs } =
    numbers.metrics
  const errors = errorsProtocol + errorsScript + errorsTool
  const cell = (value: number | undefined, text: string) =>
    value === undefined
      ? html`<td class="end">${UNKNOWN}</td>`
      : html`<td class="end" data-value="${value}">${text}</td>`
  return html`${cell(turns, String(turns))}${cell(toolCalls, String(toolCalls))}${cell(errors, String(errors))}${cell(inputTokens, amountText(inputTokens))}${cell(outputTokens, amountText(outputTokens))}${cell(costUsd, usdText(costUsd))}${cell(wallMs, durationText(wallMs))}`
}
