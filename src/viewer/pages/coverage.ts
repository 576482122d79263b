import { grouped } from '../../base/number-text.ts'
import { IS_SCORED } from '../../contracts/trial.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import type { RunState, RunView } from '../library/run-store.ts'
import type { RowOutcome, TrialRow } from '../library/trial-row.ts'

export const OUTCOMES: readonly RowOutcome[] = [
  'solved',
  'unsolved',
  'limited',
  'failed',
  'cancelled',
  'running',
  'interrupted',
]

const STATE_WORDS: Record<RunState, string> = {
  'going-on': 'going on',
  complete: 'complete',
  incomplete: 'incomplete',
  imported: 'imported',
}

export function stateMark(state: RunState): Markup {
  return html`<span class="state ${state}">${STATE_WORDS[state]}</span>`
}

/** Whether a row is counted in comparisons; one without an end is not. */
export function isScored({ outcome }: Pick<TrialRow, 'outcome'>): boolean {
  return outcome !== 'running' && outcome !== 'interrupted' && IS_SCORED[outcome]
}

export function countOf({ rows }: RunView, outcome: RowOutcome): number {
  return rows.filter(row => row.outcome === outcome).length
}

export function doneOf(view: RunView): number {
  return view.rows.filter(row => row.outcome !== 'running' && row.outcome !== 'interrupted').length
}

const WIDTH = 160

/** How much of the plan is done, as a bar by outcome and in words. */
export function coverage(view: RunView): Markup {
  const { trialsPlanned } = view.manifest
  if (view.state === 'imported') return html`${grouped(trialsPlanned)} outcomes, measured elsewhere`
  const done = doneOf(view)
  const whole = Math.max(trialsPlanned, view.rows.length, 1)
  let x = 0
  const rects = OUTCOMES.map(outcome => {
    const width = (countOf(view, outcome) / whole) * WIDTH
    const rect = html`<rect class="outcome-${outcome}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="8"/>`
    x += width
    return width === 0 ? html`` : rect
  })
  return html`<span class="coverage"><svg width="${WIDTH}" height="8" aria-hidden="true"><rect class="track" width="${WIDTH}" height="8"/>${rects}</svg> ${grouped(done)} of ${grouped(trialsPlanned)}</span>`
}
