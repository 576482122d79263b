import { grouped, UNKNOWN, usdText } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ArmSummary, Mean } from '../document/report.ts'
import type { ScopeView } from '../document/report-document.ts'
import { solvedCell } from './arm-cells.ts'

/** What a thousand tasks would take in each arm, at the mean of the scored trials. */
export function thousandTable({ scope, details }: ScopeView): Table {
  const isPriced = scope.arms.some(arm => arm.means.costUsd !== undefined)
  const models = details.unpricedModels
  const missing = isPriced ? [] : [`Costs: unknown${models.length > 0 ? `, no prices for ${models.join(', ')}` : ''}.`]
  return {
    id: 'thousand',
    title: 'Per 1,000 tasks',
    notes: [
      ...missing,
      'At the mean of all scored trials, one after another. Minutes are those a person would wait; cost is as billed.',
    ],
    columns: [start('Arm'), end('Solved'), end('Cost'), end('Minutes'), end('Input tokens'), end('Output tokens')],
    rows: scope.arms.map(arm => [
      cell(arm.label),
      solvedCell(arm),
      isPriced ? thousand(arm, arm.means.costUsd, usdText) : cell('unknown'),
      thousand(arm, arm.means.wallMs, wallMs => minutes((wallMs ?? 0) / 60_000)),
      thousand(arm, arm.means.inputTokens, millions),
      thousand(arm, arm.means.outputTokens, millions),
    ]),
  }
}

function thousand(arm: ArmSummary, mean: Mean | undefined, textOf: (value: number | undefined) => string): Cell {
  if (mean === undefined) return cell(UNKNOWN)
  const text = textOf(mean.mean * 1000)
  return mean.n === arm.scored ? cell(text) : cell(`${text} (${mean.n} of ${arm.scored})`)
}

function minutes(value: number): string {
  return value < 9.95 ? value.toFixed(1) : grouped(Math.round(value))
}

function millions(value: number | undefined): string {
  return value === undefined ? UNKNOWN : `${(value / 1_000_000).toFixed(value < 9_950_000 ? 2 : 1)}M`
}
