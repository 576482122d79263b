import { grouped, UNKNOWN } from '../../base/number-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import { contrastName } from '../charts/contrast-forest.ts'
import type { ComparisonScope, ContrastResult } from '../comparison/comparison.ts'
import { compareMetric } from '../judging/compare-metrics.ts'
import { noiseText, verdictText } from '../judging/contrast-text.ts'
import { detectableText, estimateText, figureText, intervalText, pText } from '../judging/figure-text.ts'

const ROWS_MAX = 200

interface ContrastTable {
  id: string
  title: string
  contrasts: readonly ContrastResult[]
  scope: Pick<ComparisonScope, 'noiseFloor'>
}

/** Contrasts with everything that is known of each. */
export function contrastTable({ id, title, contrasts, scope }: ContrastTable): Table {
  const shown = contrasts.slice(0, ROWS_MAX)
  const rest = contrasts.length - shown.length
  return {
    id: `contrasts-${id}`,
    title,
    notes: [
      ...(rest > 0 ? [`… and ${grouped(rest)} more, see contrasts.csv.`] : []),
      'Intervals are unadjusted, 95 %. p is the paired t’s, clustered; adjusted by Holm’s method over the confirmatory family. The companion p never decides.',
    ],
    columns: [
      start('Metric'),
      start('Contrast'),
      end('Tasks'),
      end('Estimate [95 %]'),
      end('p'),
      end('Adj. p'),
      end('Companion p'),
      end('Detectable'),
      end('Noise floor'),
      end('Lost trials', 'the estimate, had lost trials gone one way or the other'),
      start('Verdict'),
    ],
    rows: shown.map(contrast => {
      const floor = scope.noiseFloor.find(({ metric }) => metric === contrast.metric)
      return [
        cell(compareMetric(contrast.metric)?.label ?? contrast.metric),
        cell(contrastName(contrast)),
        cell(String(contrast.tasks)),
        cell(estimateText(contrast) ?? UNKNOWN),
        cell(contrast.p === undefined ? UNKNOWN : pText(contrast.p)),
        cell(contrast.adjustedP === undefined ? UNKNOWN : pText(contrast.adjustedP)),
        cell(companionText(contrast)),
        cell(detectableText(contrast) ?? UNKNOWN),
        cell(noiseText(floor)),
        cell(boundsText(contrast)),
        cell(verdictText(contrast), { hint: contrast.verdict.sentence }),
      ]
    }),
    isGrouped: true,
  }
}

function companionText({ companion = [] }: ContrastResult): string {
  return companion.length === 0 ? UNKNOWN : companion.map(({ method, p }) => `${pText(p)} (${method})`).join(', ')
}

function boundsText({ bounds, metric, estimate }: ContrastResult): string {
  const known = compareMetric(metric)
  if (bounds === undefined || known === undefined) return UNKNOWN
  const range = intervalText(known, bounds, estimate ?? bounds.lower)
  const unit = figureText(known, 0).endsWith('pp') ? ' pp' : ''
  return bounds.changesVerdict ? `${range}${unit}, changes the word` : `${range}${unit}`
}
