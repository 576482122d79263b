import { amountText, durationText, meanText, UNKNOWN } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { SpreadMetric } from '../document/details/details.ts'
import type { ScopeView } from '../document/report-document.ts'

/** Medians and 95th percentiles: what is usual, and what a person should be ready for. */
export function spreadTable({ details }: Pick<ScopeView, 'details'>): Table {
  return {
    id: 'spreads',
    title: 'Turns, tokens and time',
    notes: ['Of scored trials: half of them took at most p50, 95 % at most p95. Time is what a person would wait.'],
    columns: [
      start('Arm'),
      end('Trials'),
      end('Turns p50'),
      end('p95'),
      end('Tokens p50'),
      end('p95 '),
      end('Wall time p50'),
      end('p95  '),
    ],
    rows: details.arms.map(({ label, spreads }) => [
      cell(label),
      cell(String(spreads.turns?.n ?? 0)),
      ...pair(spreads, 'turns', meanText),
      ...pair(spreads, 'tokens', amountText),
      ...pair(spreads, 'wallMs', durationText),
    ]),
  }
}

function pair(
  spreads: ScopeView['details']['arms'][number]['spreads'],
  metric: SpreadMetric,
  textOf: (value: number | undefined) => string,
): Cell[] {
  const spread = spreads[metric]
  return spread === undefined ? [cell(UNKNOWN), cell(UNKNOWN)] : [cell(textOf(spread.p50)), cell(textOf(spread.p95))]
}
