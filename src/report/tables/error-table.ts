import { amountText, rateText } from '../../base/number-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { Scope } from '../document/report.ts'
import { partCell } from './arm-cells.ts'

/** Mistakes, each over what it can be divided by. */
export function errorTable(scope: Scope): Table {
  return {
    id: 'errors',
    title: 'Errors',
    notes: [
      'Of scored trials. Protocol: replies or calls that could not be read. Handled: failed calls inside a script that itself succeeded. Repair turns follow a protocol error or a failed script. Partial effects: writes that were done when their script failed.',
    ],
    columns: [
      start('Arm'),
      end('Protocol', 'per trial'),
      end('Failed scripts', 'of all scripts'),
      end('Failed calls', 'of all tool calls'),
      end('of these handled', 'inside a script that succeeded'),
      end('Provider', 'of all requests'),
      end('Repair turns', 'of all turns'),
      end('Repair tokens', 'in all'),
      end('Lenient repairs', 'per trial'),
      end('Partial effects', 'in all'),
    ],
    rows: scope.arms.map(({ label, totals, scored, repairTokens }) => [
      cell(label),
      cell(rateText(totals.errorsProtocol, scored)),
      partCell(totals.scriptFailures, totals.scripts),
      partCell(totals.errorsTool, totals.toolCalls),
      partCell(totals.errorsToolHandled, totals.scripts === 0 ? 0 : totals.errorsTool),
      partCell(totals.errorsProvider, totals.requests),
      partCell(totals.repairTurns, totals.turns),
      cell(amountText(repairTokens)),
      cell(rateText(totals.lenientRepairs, scored)),
      cell(String(totals.partialEffects)),
    ]),
  }
}
