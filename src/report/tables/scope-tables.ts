import type { Scope } from '../report.ts'
import { armTable } from './arm-table.ts'
import { differenceTable } from './difference-table.ts'
import { errorTable } from './error-table.ts'
import { overheadTable } from './overhead-table.ts'
import { strataTable } from './strata-table.ts'
import type { Table } from './table.ts'
import { taskTable } from './task-table.ts'
import { tokenTable } from './token-table.ts'

/** The tables of one scope, most important first; those without a row are left out. */
export function scopeTables(scope: Scope): Table[] {
  const tables = [armTable, differenceTable, errorTable, overheadTable, tokenTable, strataTable, taskTable]
  return tables.map(table => table(scope)).filter(table => table.rows.length > 0)
}
