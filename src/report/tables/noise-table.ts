import { UNKNOWN } from '../../base/number-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { ComparisonScope } from '../comparison/comparison.ts'
import { compareMetric } from '../judging/compare-metrics.ts'
import { noiseText } from '../judging/contrast-text.ts'
import { figureText } from '../judging/figure-text.ts'

/** What no effect looks like in this run. */
export function noiseTable({ noiseFloor }: Pick<ComparisonScope, 'noiseFloor'>): Table {
  const isKnown = noiseFloor.some(({ halfWidth }) => halfWidth !== undefined)
  return {
    id: 'noise',
    title: 'Noise floor',
    notes: [
      ...(isKnown ? [] : ['Noise floor: unknown; it takes at least two repeats, or two arms that are the same.']),
      'Two halves of the same arm, compared as if they were two arms. A difference smaller than this is what chance makes.',
    ],
    columns: [
      start('Metric'),
      start('Split'),
      end('Tasks'),
      end('Difference of the halves'),
      end('Noise floor', 'half the width of the 95 % interval'),
      start('Interval holds no difference'),
    ],
    rows: noiseFloor.map(floor => {
      const metric = compareMetric(floor.metric)
      const estimate =
        metric === undefined || floor.estimate === undefined ? UNKNOWN : figureText(metric, floor.estimate)
      return [
        cell(metric?.label ?? floor.metric),
        cell(floor.source === 'arms' ? 'two equal arms' : 'repeats in halves'),
        cell(String(floor.tasks)),
        cell(estimate),
        cell(noiseText(floor)),
        cell(floor.covers === undefined ? UNKNOWN : floor.covers ? 'yes' : 'no'),
      ]
    }),
  }
}
