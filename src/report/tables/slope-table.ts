import { UNKNOWN } from '../../base/number-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { ComparisonScope, SlopeResult } from '../comparison/comparison.ts'
import { compareMetric } from '../judging/compare-metrics.ts'
import { breakEvenText } from '../judging/contrast-text.ts'
import { pText } from '../judging/figure-text.ts'

/** How the effect changes with the number of calls that a task needs per look. */
export function slopeTable({ slopes }: Pick<ComparisonScope, 'slopes'>): Table {
  return {
    id: 'slopes',
    title: 'Effect by calls per look',
    notes: [
      'Each point is a task: the ratio other / baseline against the fewest tool calls it needs per look (a point where a result must be judged). Below ×1 the other arm needs less; the break-even point is where the line crosses ×1.',
    ],
    columns: [
      start('Metric'),
      start('Contrast'),
      end('Tasks'),
      end('Change with each doubling [95 %]'),
      end('p'),
      end('Break-even [95 %]', 'calls per look'),
    ],
    rows: slopes.map(slope => [
      cell(compareMetric(slope.metric)?.label ?? slope.metric),
      cell(slope.contrast),
      cell(String(slope.tasks)),
      cell(doublingText(slope)),
      cell(slope.p === undefined ? UNKNOWN : pText(slope.p)),
      cell(breakEvenText(slope).replace(' calls per look', ''), { hint: slope.sentence }),
    ]),
  }
}

function doublingText({ slope, interval }: SlopeResult): string {
  if (slope === undefined) return UNKNOWN
  const factor = (value: number) => Math.exp(value).toFixed(2)
  return interval === undefined
    ? `×${factor(slope)}`
    : `×${factor(slope)} [${factor(interval.lower)}, ${factor(interval.upper)}]`
}
