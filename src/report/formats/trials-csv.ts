import { compareText, distinct } from '../../base/lists.ts'
import { COLUMNS } from '../../metrics/columns/columns.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import { type CsvValue, csvRow } from './csv-row.ts'

/** `trials.csv`, piece by piece: one row per trial, unknown values empty, custom factors as the last columns. */
export function* trialsCsv(trials: readonly TrialMetrics[]): Generator<string> {
  const factors = distinct(trials.flatMap(trial => Object.keys(trial.custom))).sort(compareText)
  yield csvRow([...COLUMNS.map(column => column.name), ...factors.map(columnName)])
  for (const trial of trials) {
    const values = COLUMNS.map(column => trial[column.key])
    yield csvRow([...values, ...factors.map(factor => trial.custom[factor])].map(rounded))
  }
}

/** A custom factor's name, unless a column has it already. */
function columnName(factor: string): string {
  return COLUMNS.some(column => column.name === factor) ? `factor_${factor}` : factor
}

function rounded(value: CsvValue): CsvValue {
  if (typeof value !== 'number') return value
  return Number.isFinite(value) ? Math.round(value * 1e9) / 1e9 : undefined
}
