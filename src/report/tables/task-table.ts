import { UNKNOWN } from '../number-text.ts'
import type { Scope, TaskRow } from '../report.ts'
import { type Cell, cell, end, start, type Table } from './table.ts'

/** How each task went in each arm. */
export function taskTable(scope: Scope): Table {
  return {
    id: 'tasks',
    title: 'Tasks and arms',
    notes: [
      'Solved of scored trials. L marks trials that a limit ended, F those that failed for reasons of infrastructure.',
    ],
    columns: [start('Stratum'), start('Task'), ...scope.arms.map(arm => end(arm.label))],
    rows: scope.tasks.map(row => [cell(row.stratum), cell(row.task), ...row.cells.map(taskCell)]),
    isGrouped: true,
  }
}

function taskCell({ solved, scored, limited, failed }: TaskRow['cells'][number]): Cell {
  const marks = [limited > 0 ? `${limited}L` : '', failed > 0 ? `${failed}F` : ''].filter(mark => mark !== '')
  const text = [scored === 0 ? UNKNOWN : `${solved}/${scored}`, ...marks].join(' ')
  return scored === 0 ? cell(text) : cell(text, { visual: { kind: 'heat', share: solved / scored } })
}
