import { grouped, UNKNOWN, usdText } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ContrastResult } from '../comparison/comparison.ts'
import type { ArmSummary, Mean } from '../document/report.ts'
import type { ScopeView } from '../document/report-document.ts'
import type { BaselineChanges } from '../judging/against-baseline.ts'
import { breakEvenText, detectableText } from '../judging/figure-text.ts'
import { QUANTITY } from '../judging/quantities.ts'
import { solvedCell } from './arm-cells.ts'
import { floorText, metricLabel, pCell, valueCell, verdictCell } from './contrast-tables.ts'

export const DECISION_NOTE =
  'Solved tasks decide; where both arms solve tasks equally well within the margin, the cost decides. A contrast is other − baseline (pp, percentage points) or other / baseline (×). Intervals are unadjusted, 95 %; the adjusted p decides.'

/** What to use, per model, and what that comes from. */
export function decisionTable(views: readonly ScopeView[]): Table {
  return {
    id: 'decision',
    title: 'Decision',
    notes: [DECISION_NOTE],
    columns: [
      start('Player'),
      start('Use'),
      start('Primary contrast'),
      start('Metric'),
      end(QUANTITY.value),
      end(QUANTITY.adjustedP),
      start(QUANTITY.verdict),
      end(QUANTITY.detectable, 'the smallest difference with an 80 % chance to be detected'),
      end(QUANTITY.noise, 'how far two halves of the same arm differ'),
      end(QUANTITY.breakEven),
    ],
    rows: views.flatMap(({ scope, decision, compared }) => {
      if (decision === undefined) return []
      const { primary, slope, headline } = decision
      const lead = [cell(scope.name), cell(headline)]
      if (primary === undefined) return [[...lead, cell(UNKNOWN), ...Array.from({ length: 7 }, () => cell(UNKNOWN))]]
      const floor = floorText(compared?.noiseFloor ?? [], primary)
      return [[...lead, ...contrastCells(primary), cell(floor), cell(breakEvenText(slope))]]
    }),
  }
}

function contrastCells(contrast: ContrastResult): Cell[] {
  return [
    cell(`${contrast.other} − ${contrast.baseline}`),
    cell(metricLabel(contrast.metric)),
    valueCell(contrast),
    pCell(contrast.adjustedP),
    verdictCell(contrast),
    cell(detectableText(contrast) ?? UNKNOWN),
  ]
}

/** What changed against an earlier run: what got worse before anything else, what got better last. */
export function baselineTable(changes: readonly BaselineChanges[]): Table {
  const part = (title: string, pick: (change: BaselineChanges) => readonly ContrastResult[]) =>
    changes.flatMap(change => pick(change).map(contrast => baselineRow(title, change.scope, contrast)))
  const worse = part('Got worse', change => change.worse)
  return {
    id: 'baseline',
    title: 'Against the baseline',
    notes:
      worse.length > 0
        ? []
        : ['Nothing is proven worse. That does not prove that nothing is: see what was detectable.'],
    columns: [
      start('Change'),
      start('Player'),
      start('Metric'),
      start('Contrast'),
      end('Tasks'),
      end(QUANTITY.value),
      end(QUANTITY.adjustedP),
      end(QUANTITY.detectable),
      start(QUANTITY.verdict),
    ],
    rows: [...worse, ...part('Not decided', change => change.open), ...part('Got better', change => change.better)],
    isGrouped: true,
  }
}

function baselineRow(title: string, scope: string, contrast: ContrastResult): Cell[] {
  return [
    cell(title),
    cell(scope),
    cell(metricLabel(contrast.metric)),
    cell(`${contrast.other} − ${contrast.baseline}`),
    cell(String(contrast.tasks)),
    valueCell(contrast),
    pCell(contrast.adjustedP),
    cell(detectableText(contrast) ?? UNKNOWN),
    verdictCell(contrast),
  ]
}
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
      'At the mean of all scored trials, one after another. Minutes are how long a person would wait; cost is as billed.',
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
