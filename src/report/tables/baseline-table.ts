import { UNKNOWN } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ContrastResult } from '../comparison/comparison.ts'
import type { BaselineChanges } from '../judging/against-baseline.ts'
import { compareMetric } from '../judging/compare-metrics.ts'
import { verdictText } from '../judging/contrast-text.ts'
import { detectableText, estimateText, pText } from '../judging/figure-text.ts'

/** What changed against an earlier run: what got worse before anything else, what got better last. */
export function baselineTable(changes: readonly BaselineChanges[]): Table {
  const part = (title: string, pick: (change: BaselineChanges) => readonly ContrastResult[]) =>
    changes.flatMap(change => pick(change).map(contrast => rowOf(title, change.scope, contrast)))
  const worse = part('Got worse', change => change.worse)
  return {
    id: 'baseline',
    title: 'Against the baseline',
    notes:
      worse.length > 0
        ? []
        : ['Nothing is proven to have got worse. That is no proof that nothing did: see what was detectable.'],
    columns: [
      start('Change'),
      start('Player'),
      start('Metric'),
      start('Compared'),
      end('Tasks'),
      end('Estimate [95 %]'),
      end('Adj. p'),
      end('Detectable'),
      start('Verdict'),
    ],
    rows: [...worse, ...part('Not decided', change => change.open), ...part('Got better', change => change.better)],
    isGrouped: true,
  }
}

function rowOf(title: string, scope: string, contrast: ContrastResult): Cell[] {
  const { metric, other, baseline, tasks, adjustedP, verdict } = contrast
  return [
    cell(title),
    cell(scope),
    cell(compareMetric(metric)?.label ?? metric),
    cell(`${other} − ${baseline}`),
    cell(String(tasks)),
    cell(estimateText(contrast) ?? UNKNOWN),
    cell(adjustedP === undefined ? UNKNOWN : pText(adjustedP)),
    cell(detectableText(contrast) ?? UNKNOWN),
    cell(verdictText(contrast), { hint: verdict.sentence }),
  ]
}
