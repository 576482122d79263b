import { grouped, rateText } from '../../base/number-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { ArmSummary, Scope } from '../document/report.ts'
import { countCell, durationCell, overheadCell, partCell, shareOfWall } from './arm-cells.ts'

const PARTS = [
  ['Model', 'modelMs'],
  ['Tools', 'toolMs'],
  ['Script sandbox', 'scriptSandboxMs'],
  ['Guest CPU', 'scriptGuestCpuMs'],
  ['Harness', 'harnessMs'],
  ['Backoff', 'backoffMs'],
] as const satisfies readonly (readonly [string, keyof ArmSummary['means']])[]

/** Where the wall time went. */
export function overheadTable(scope: Scope): Table {
  return {
    id: 'overhead',
    title: 'Time and overhead',
    notes: [
      'Means per scored trial, with their share of the wall time. Script sandbox is what running scripts adds (strip, start, bridge, freeze, teardown); guest CPU is the scripts’ own work; OS sandbox is what confinement adds to each process and is a part of tools; harness is the rest; backoff is waiting after a failed request. Waiting for a person or in a queue is in the wall time only.',
    ],
    columns: [
      start('Arm'),
      start('Where the time went'),
      end('Wall'),
      end('Model'),
      end('Tools'),
      end('Script sandbox'),
      end('Guest CPU'),
      end('OS sandbox'),
      end('Harness'),
      end('Backoff'),
    ],
    rows: scope.arms.map(arm => [
      cell(arm.label),
      cell('', { visual: { kind: 'parts', shares: PARTS.map(([, name]) => shareOfWall(arm, name) ?? 0) } }),
      durationCell(arm, 'wallMs'),
      overheadCell(arm, 'modelMs'),
      overheadCell(arm, 'toolMs'),
      overheadCell(arm, 'scriptSandboxMs'),
      overheadCell(arm, 'scriptGuestCpuMs'),
      overheadCell(arm, 'osSandboxMs'),
      overheadCell(arm, 'harnessMs'),
      overheadCell(arm, 'backoffMs'),
    ]),
    legend: PARTS.map(([title]) => title),
  }
}

/** How much ran at the same time. */
export function parallelTable({ arms }: Pick<Scope, 'arms'>): Table {
  return {
    id: 'parallel',
    title: 'Parallel calls',
    notes: [
      'Utilisation is the sum of the calls’ run times over their union: 1 is one after another, 3 is three at a time throughout. Compound commands are shell programs inside one call of exec: composition without scripts.',
    ],
    columns: [
      start('Arm'),
      end('Tool calls in all'),
      end('Calls per turn'),
      end('Calls in flight', 'mean over trials of the largest number at one moment'),
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
