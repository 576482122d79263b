import { compareText, distinct, groupBy } from '../../base/lists.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import { armName, armNames } from '../library/arm-names.ts'
import type { TrialRow } from '../library/trial-row.ts'
import { shortLine } from '../markup/text-block.ts'
import { isScored } from './coverage.ts'

const HEAT_STEPS = 5

/** Tasks × arms: how many of the scored trials solved each. Players never mix. */
export function taskMatrix(rows: readonly TrialRow[], factors: readonly string[]): Markup {
  const known = rows.flatMap(row => (row.trial === undefined ? [] : [{ row, trial: row.trial }]))
  const arms = armNames(
    known.map(({ trial }) => trial),
    factors,
  )
  const byModel = groupBy(known, ({ trial }) => trial.model)
  const tables = [...byModel]
    .sort(([left], [right]) => compareText(left, right))
    .map(([model, own]) => {
      const tasks = distinct(own.map(({ trial }) => trial.task)).sort(compareText)
      const cells = groupBy(own, ({ trial }) => JSON.stringify([trial.task, armName(trial, factors)]))
      const lines = tasks.map(task => {
        const shown = arms.map(arm => cellMarkup(cells.get(JSON.stringify([task, arm]))?.map(({ row }) => row) ?? []))
        return html`<tr><th scope="row">${task}</th>${shown}</tr>\n`
      })
      const heads = arms.map(arm => html`<th scope="col">${shortLine(arm, 60)}</th>`)
      return html`<div class="scroll" tabindex="0" role="region" aria-label="Tasks by arms, ${model}"><table class="matrix"><caption>${model}</caption>
<thead><tr><th scope="col">Task</th>${heads}</tr></thead>
<tbody>
${lines}</tbody></table></div>\n`
    })
  return html`${tables}`
}

/** A cell leads to its trial; where there are several, to the first that was not solved. */
function cellMarkup(rows: readonly TrialRow[]): Markup {
  if (rows.length === 0) return html`<td class="empty"><span class="unheard">no trial</span></td>`
  const scored = rows.filter(isScored)
  const solved = rows.filter(({ outcome }) => outcome === 'solved').length
  const lead = rows.find(({ outcome }) => outcome !== 'solved') ?? (rows[0] as TrialRow)
  const unscored = rows.length - scored.length
  const about = unscored === 0 ? undefined : html`<span class="about">+${unscored} unscored</span>`
  const text = scored.length === 0 ? '–' : `${solved}/${scored.length}`
  const heat = scored.length === 0 ? 'none' : String(Math.round((solved / scored.length) * HEAT_STEPS))
  return html`<td class="heat-${heat}"><a href="trials/${lead.id}.html">${text}</a>${about}</td>`
}
