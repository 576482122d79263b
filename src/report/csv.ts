import { stringify } from 'csv-stringify/sync'
import { COLUMNS } from '../metrics/columns.ts'
import type { TrialMetrics } from '../metrics/trial-metrics.ts'
import { compareText, distinct } from './text-order.ts'

/** `trials.csv`, piece by piece: one row a trial, unknown values empty, custom factors as the last columns. */
export function* trialsCsv(trials: readonly TrialMetrics[]): Generator<string> {
  const factors = distinct(trials.flatMap(trial => Object.keys(trial.custom))).sort(compareText)
  yield rowOf([...COLUMNS.map(column => column.name), ...factors.map(columnName)])
  for (const trial of trials) {
    const values = COLUMNS.map(column => trial[column.key])
    yield rowOf([...values, ...factors.map(factor => trial.custom[factor])].map(cellOf))
  }
}

/** A custom factor's name, unless a column has it already. */
function columnName(factor: string): string {
  return COLUMNS.some(column => column.name === factor) ? `factor_${factor}` : factor
}

type Cell = string | number

function cellOf(value: string | number | boolean | undefined): Cell {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return ''
  if (typeof value === 'number') return Math.round(value * 1e9) / 1e9
  return typeof value === 'boolean' ? String(value) : value
}

/** `escape_formulas`: a text that a spreadsheet would run as a formula gets a leading apostrophe. */
function rowOf(cells: readonly Cell[]): string {
  return stringify([[...cells]], { escape_formulas: true, record_delimiter: '\n' })
}
