import { distinct } from '../../base/lists.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ArmDetails, Count } from '../document/details/details.ts'
import type { ArmSummary } from '../document/report.ts'
import type { ScopeView } from '../document/report-document.ts'
import { partCell } from './arm-cells.ts'

const KINDS = [
  { title: 'Failed scripts, of all scripts', of: 'scripts', errors: 'scriptErrors' },
  { title: 'Unreadable replies, of all requests', of: 'requests', errors: 'protocolErrors' },
  { title: 'Failed calls, of all tool calls', of: 'toolCalls', errors: 'toolErrors' },
] as const

/** Which mistakes were made, each over what it is a part of. Arms stand as columns, at most eight a table. */
export function errorClassTable({ scope, details }: Pick<ScopeView, 'scope' | 'details'>): Table {
  return {
    id: 'error-classes',
    title: 'Error classes',
    notes: ['Of scored trials. Only classes that occurred have a row; an arm without any occasion shows –.'],
    columns: [start('Kind'), start('Class'), ...scope.arms.map(arm => end(arm.label))],
    rows: KINDS.flatMap(({ title, of, errors }) => {
      const classes = distinct(details.arms.flatMap(arm => arm[errors].map(({ name }) => name)))
      const total = (name: string) => details.arms.reduce((sum, arm) => sum + countOf(arm[errors], name), 0)
      const ordered = classes.sort((left, right) => total(right) - total(left) || (left < right ? -1 : 1))
      return ordered.map((name): Cell[] => [
        cell(title),
        cell(name),
        ...details.arms.map((arm, index) => countCell(arm[errors], name, (scope.arms[index] as ArmSummary).totals[of])),
      ])
    }),
    isGrouped: true,
  }
}

function countOf(counts: readonly Count[], name: string): number {
  return counts.find(count => count.name === name)?.count ?? 0
}

function countCell(counts: ArmDetails['toolErrors'], name: string, of: number): Cell {
  return partCell(countOf(counts, name), of)
}
