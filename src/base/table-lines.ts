import { plainLine } from './plain-text.ts'
import type { Table } from './table.ts'

const COLUMN_CHARACTERS_MAX = 48

/** A title and a grid whose columns are as wide as they need to be. Columns without any text are left out. */
export function tableLines(table: Table): string[] {
  const texts = table.rows.map(row => row.map(({ text }) => plainLine(text, COLUMN_CHARACTERS_MAX)))
  const shown = table.columns
    .map((column, index) => ({ ...column, cells: texts.map(row => row[index] ?? '') }))
    .filter(column => column.cells.some(text => text !== ''))
    .map(({ title, align, cells }) => ({ align, cells: [plainLine(title, COLUMN_CHARACTERS_MAX), ...cells] }))
    .map(column => ({ ...column, width: Math.max(...column.cells.map(widthOf)) }))
  const gridLine = (index: number) =>
    shown
      .map(({ align, cells, width }) => pad(cells[index] ?? '', width, align))
      .join('  ')
      .trimEnd()
  const rule = shown.map(({ width }) => '-'.repeat(width)).join('  ')
  const rows = texts.map((_, index) => gridLine(index + 1))
  return ['', table.title, gridLine(0), rule, ...rows]
}

function widthOf(text: string): number {
  return Array.from(text).length
}

function pad(text: string, width: number, align: 'start' | 'end'): string {
  const space = ' '.repeat(width - widthOf(text))
  return align === 'end' ? space + text : text + space
}
