import { plainLine } from './plain-text.ts'
import type { Table } from './table.ts'
import { aligned } from './text-table.ts'

const COLUMN_CHARACTERS_MAX = 48

/** A title and a grid whose columns are as wide as they need to be. Columns without any text are left out. */
export function tableLines({ title, columns, rows }: Table): string[] {
  const texts = rows.map(row => row.map(({ text }) => plainLine(text, COLUMN_CHARACTERS_MAX)))
  const kept = columns.flatMap((column, index) => {
    return texts.some(row => (row[index] ?? '') !== '') ? [{ column, index }] : []
  })
  const heads = kept.map(({ column }) => plainLine(column.title, COLUMN_CHARACTERS_MAX))
  const cells = texts.map(row => kept.map(({ index }) => row[index] ?? ''))
  const align = kept.map(({ column }) => column.align)
  return ['', title, ...aligned([heads, ...cells], { align, hasRule: true }).split('\n')]
}
