import { amountText, shareText, UNKNOWN } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import { TURN_BINS, type TurnBin } from '../document/details/details.ts'
import type { ScopeView } from '../document/report-document.ts'

/** The turns of a bin: `1`, `3–4`, `65+`. */
export const BIN_NAMES: readonly string[] = TURN_BINS.map((first, index) => {
  const next = TURN_BINS[index + 1]
  if (next === undefined) return `${first}+`
  return next - first === 1 ? String(first) : `${first}–${next - 1}`
})

/** The bins that any arm got to. */
export function reachedBins({ details }: Pick<ScopeView, 'details'>): number[] {
  const last = Math.max(-1, ...details.arms.map(({ turns }) => turns.findLastIndex(bin => bin.requests > 0)))
  return Array.from({ length: last + 1 }, (_, index) => index)
}

/** How far away the prompt gets, and whether its clauses are still kept. */
export function turnTable(view: Pick<ScopeView, 'details'>): Table {
  const bins = reachedBins(view)
  const rowsOf = (title: string, cellOf: (bin: TurnBin) => Cell) =>
    view.details.arms.map(({ label, turns }) => [
      cell(title),
      cell(label),
      ...bins.map(index => cellOf(turns[index] as TurnBin)),
    ])
  return {
    id: 'turns',
    title: 'Over the turns',
    notes: [
      'Prompt distance: mean tokens from the newest copy of the user’s prompt to where the model goes on writing; a check that reinjection did what it should, not an outcome. Clauses kept: of the clauses checked at steps that ended in these turns; longer trials are harder ones.',
    ],
    columns: [start('Measure'), start('Arm'), ...bins.map(index => end(`Turn ${BIN_NAMES[index]}`))],
    rows: [
      ...rowsOf('Prompt distance', bin => cell(amountText(bin.promptDistanceTokens))),
      ...rowsOf('Clauses kept', ({ clausesKept, clausesTotal }) =>
        cell(clausesTotal === 0 ? UNKNOWN : `${shareText(clausesKept / clausesTotal)} of ${clausesTotal}`),
      ),
    ],
    isGrouped: true,
  }
}
