/** One record with the line it starts on, 1-based. */
export interface CsvRecord {
  line: number
  cells: string[]
}

/** Comma-separated values with quoted cells (RFC 4180). Empty lines are left out; a quote that never ends is `undefined`. */
export function parseCsv(text: string): CsvRecord[] | undefined {
  const source = text.replace(/^\ufeff/, '')
  const records: CsvRecord[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y
  let line = 1
  let record: CsvRecord = { line, cells: [] }
  while (cell.lastIndex < source.length || record.cells.length > 0) {
    const found = cell.exec(source)
    if (found === null) return undefined
    const [all, quoted, plain = '', end] = found
    record.cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'))
    line += all.match(/\r?\n|\r/g)?.length ?? 0
    if (end === ',') continue
    if (record.cells.some(text => text !== '')) records.push(record)
    record = { line, cells: [] }
  }
  return records
}
