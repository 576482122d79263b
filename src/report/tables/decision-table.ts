import { UNKNOWN } from '../../base/number-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { ContrastResult } from '../comparison/comparison.ts'
import type { ScopeView } from '../document/report-document.ts'
import { compareMetric } from '../judging/compare-metrics.ts'
import { breakEvenText, noiseText, verdictText } from '../judging/contrast-text.ts'
import { detectableText, estimateText, pText } from '../judging/figure-text.ts'

/** What to use, per model, and what that rests on. */
export function decisionTable(views: readonly ScopeView[]): Table {
  return {
    id: 'decision',
    title: 'Decision',
    notes: [
      'Solved tasks decide; where both arms solve alike within the margin, what they take does. Estimates are other − baseline (pp, percentage points) or other / baseline (×), with their unadjusted 95 % interval; the adjusted p decides.',
    ],
    columns: [
      start('Player'),
      start('Use'),
      start('Primary contrast'),
      start('Metric'),
      end('Estimate [95 %]'),
      end('Adj. p'),
      start('Verdict'),
      end('Detectable', 'the smallest effect with an 80 % chance to be found'),
      end('Noise floor', 'what two halves of the same arm differ by'),
      end('Break-even'),
    ],
    rows: views.flatMap(({ scope, decision, compared }) => {
      if (decision === undefined) return []
      const { primary, slope, headline } = decision
      const lead = [cell(scope.name), cell(headline)]
      if (primary === undefined) return [[...lead, cell(UNKNOWN), ...Array.from({ length: 7 }, () => cell(UNKNOWN))]]
      const floor = compared?.noiseFloor.find(({ metric }) => metric === primary.metric)
      return [[...lead, ...contrastCells(primary), cell(noiseText(floor)), cell(breakEvenText(slope))]]
    }),
  }
}

function contrastCells(contrast: ContrastResult) {
  const { adjustedP, other, baseline, metric, verdict } = contrast
  return [
    cell(`${other} − ${baseline}`),
    cell(compareMetric(metric)?.label ?? metric),
    cell(estimateText(contrast) ?? UNKNOWN),
    cell(adjustedP === undefined ? UNKNOWN : pText(adjustedP)),
    cell(verdictText(contrast), { hint: verdict.sentence }),
    cell(detectableText(contrast) ?? UNKNOWN),
  ]
}
