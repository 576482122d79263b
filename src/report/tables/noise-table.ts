import { UNKNOWN } from '../../base/number-text.ts'
import { compareMetric } from '../compare/compare-metrics.ts'
import type { ComparisonScope } from '../compare/comparison.ts'
import { figureText } from '../compare/words-of-contrast.ts'
import { noiseText } from '../decision/contrast-text.ts'
import { cell, end, start, type Table } from './table.ts'

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
