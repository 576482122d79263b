import { cell, end, start, type Table } from '../../base/table.ts'
import type { ComparisonScope } from '../comparison/comparison.ts'

/** The arms of outcomes that were measured elsewhere, of which little more than their number is known. */
export function comparedArmTable({ arms, unit }: Pick<ComparisonScope, 'arms' | 'unit'>): Table {
  return {
    id: 'compared-arms',
    title: 'Arms',
    notes: ['Measured elsewhere: turns, tokens, errors and time are unknown unless a contrast shows them.'],
    columns: [start('Arm'), end(unit === 'task' ? 'Tasks' : 'Models'), end('Scored'), end('Lost'), end('Limited')],
    rows: arms.map(({ name, tasks, scored, lost, limited }) => [
      cell(name),
      ...[tasks, scored, lost, limited].map(count => cell(String(count))),
    ]),
  }
}
