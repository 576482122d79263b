/** What a page can draw next to a cell's text. The text alone says everything. */
export type Visual =
  /** A share of 1. */
  | { kind: 'share'; share: number }
  /** Parts of a whole, in the order of the table's legend. */
  | { kind: 'parts'; shares: readonly number[] }
  /** A cell coloured by a share of 1. */
  | { kind: 'heat'; share: number }
  /** A value with its interval; "no difference" is in the middle, at 0, or at 1 for a ratio. */
  | { kind: 'interval'; scale: 'difference' | 'ratio'; value: number; lower: number; upper: number }

export interface Cell {
  text: string
  /** The whole story, on demand. */
  hint?: string
  visual?: Visual
  /** Which way a task went against the baseline, or how a verdict reads. */
  tone?: 'good' | 'bad'
}

export interface TableColumn {
  title: string
  align: 'start' | 'end'
  hint?: string
}

/** One table, the same facts in every format. */
export interface Table {
  id: string
  title: string
  /** How to read it. */
  notes: string[]
  columns: TableColumn[]
  rows: Cell[][]
  /** Names of the parts that `parts` visuals show. */
  legend?: string[]
  /** Rows with the same text in the first column are next to each other and form a group. */
  isGrouped?: boolean
}

export function start(title: string, hint?: string): TableColumn {
  return { title, align: 'start', ...(hint !== undefined && { hint }) }
}

export function end(title: string, hint?: string): TableColumn {
  return { title, align: 'end', ...(hint !== undefined && { hint }) }
}

export function cell(text: string, extra: Omit<Cell, 'text'> = {}): Cell {
  return { text, ...extra }
}
