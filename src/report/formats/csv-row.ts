import { stringify } from 'csv-stringify/sync'

export type CsvValue = string | number | boolean | undefined

/**
 * One line of a CSV file; what is not known is an empty cell. `escape_formulas`: a text that a spreadsheet would run as
 * a formula gets a leading apostrophe.
 */
export function csvRow(values: readonly CsvValue[]): string {
  const cells = values.map(value => (typeof value === 'boolean' ? String(value) : (value ?? '')))
  return stringify([cells], { escape_formulas: true, record_delimiter: '\n' })
}
