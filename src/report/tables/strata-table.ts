import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ArmSummary, Scope } from '../document/report.ts'
import {
  clausesCell,
  countCell,
  failedCell,
  overheadCell,
  partCell,
  solvedCell,
  tokensCell,
  usdCell,
} from './arm-cells.ts'

/** The arms apart by how many calls their tasks need per look. */
export function strataTable(scope: Scope): Table {
  return {
    id: 'strata',
    title: 'By stratum',
    notes: ['The same measures by how many tool calls a task needs per look (a point where a result must be judged).'],
    columns: [
      start('Stratum'),
      start('Arm'),
      end('Solved'),
      end('Limited'),
      end('Failed'),
      end('Clauses kept'),
      end('Turns'),
      end('Input tokens'),
      end('Output tokens'),
      end('Cost'),
      end('Failed scripts'),
      end('Failed calls'),
      end('Script sandbox'),
    ],
    rows: scope.strata.flatMap(({ stratum, arms }) => arms.map(arm => rowOf(stratum, arm))),
    isGrouped: true,
  }
}

function rowOf(stratum: string, arm: ArmSummary): Cell[] {
  const { totals } = arm
  return [
    cell(stratum),
    cell(arm.label),
    solvedCell(arm),
    cell(String(arm.limited)),
    failedCell(arm),
    clausesCell(arm),
    countCell(arm, 'turns'),
    tokensCell(arm, 'inputTokens'),
    tokensCell(arm, 'outputTokens'),
    usdCell(arm, 'costUsd'),
    partCell(totals.scriptFailures, totals.scripts),
    partCell(totals.errorsTool, totals.toolCalls),
    overheadCell(arm, 'scriptSandboxMs'),
  ]
}
