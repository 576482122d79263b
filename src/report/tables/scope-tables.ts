import type { Table } from '../../base/table.ts'
import { contrastFamilies } from '../charts/contrast-forest.ts'
import type { ScopeView } from '../document/report-document.ts'
import { armTable } from './arm-table.ts'
import { comparedArmTable } from './compared-arm-table.ts'
import { contrastTable } from './contrast-table.ts'
import { errorClassTable } from './error-class-table.ts'
import { errorTable } from './error-table.ts'
import { flipTable } from './flip-table.ts'
import { limitTable } from './limit-table.ts'
import { noiseTable } from './noise-table.ts'
import { overheadTable } from './overhead-table.ts'
import { parallelTable } from './parallel-table.ts'
import { reliabilityTable } from './reliability-table.ts'
import { slopeTable } from './slope-table.ts'
import { spreadTable } from './spread-table.ts'
import { strataTable } from './strata-table.ts'
import { taskTables } from './task-table.ts'
import { tokenTable } from './token-table.ts'
import { turnTable } from './turn-table.ts'

/** The tables of one scope, in the order of the page; those without a row are left out. */
export function scopeTables(view: ScopeView): Table[] {
  const { scope, compared } = view
  const contrasts = (compared === undefined ? [] : contrastFamilies(compared)).map(({ id, title, contrasts }) => {
    const { noiseFloor } = compared as NonNullable<typeof compared>
    return contrastTable({ id, title: `Contrasts: ${title.toLowerCase()}`, contrasts, scope: { noiseFloor } })
  })
  const again = compared === undefined ? [] : [reliabilityTable(compared), flipTable(compared.flips)]
  const tables = [
    armTable(scope),
    ...(scope.arms.length === 0 && compared !== undefined ? [comparedArmTable(compared)] : []),
    ...contrasts,
    ...(compared === undefined ? [] : [slopeTable(compared)]),
    ...again,
    tokenTable(scope),
    spreadTable(view),
    errorTable(scope),
    errorClassTable(view),
    ...taskTables(view),
    strataTable(scope),
    overheadTable(scope),
    parallelTable(scope),
    turnTable(view),
    limitTable(view),
    ...(compared === undefined ? [] : [noiseTable(compared)]),
  ]
  return tables.filter(({ rows }) => rows.length > 0)
}
