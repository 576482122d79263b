import { grouped, rateText } from '../../base/number-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { Scope } from '../document/report.ts'
import { countCell, partCell } from './arm-cells.ts'

/** How much ran at once. */
export function parallelTable({ arms }: Pick<Scope, 'arms'>): Table {
  return {
    id: 'parallel',
    title: 'Parallel calls',
    notes: [
      'Utilisation is the sum of the calls’ run times over their union: 1 is one after another, 3 is three at a time throughout. Compound commands are shell programs inside one call of exec: composition without scripts.',
    ],
    columns: [
      start('Arm'),
      end('Tool calls', 'in all'),
      end('Calls a turn'),
      end('Most in flight', 'mean over trials of the largest number at one moment'),
      end('Utilisation'),
      end('Refused', 'more than one call in a turn of the serial mode'),
      end('Compound commands', 'of all tool calls'),
    ],
    rows: arms.map(arm => [
      cell(arm.label),
      cell(grouped(arm.totals.toolCalls)),
      cell(rateText(arm.totals.toolCalls, arm.totals.turns)),
      countCell(arm, 'maxInFlight'),
      countCell(arm, 'parallelUtilisation'),
      cell(grouped(arm.totals.callsRefusedSerial)),
      partCell(arm.totals.shellCompoundCalls, arm.totals.toolCalls),
    ]),
  }
}
