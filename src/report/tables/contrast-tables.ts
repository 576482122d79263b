import { defined } from '../../base/defined.ts'
import { grouped, UNKNOWN } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ComparisonScope, ContrastResult, NoiseFloor, SlopeResult } from '../comparison/comparison.ts'
import { compareMetric } from '../judging/compare-metrics.ts'
import {
  breakEvenText,
  contrastName,
  detectableText,
  estimateText,
  figureText,
  intervalText,
  noiseText,
  pText,
} from '../judging/figure-text.ts'
import { QUANTITY } from '../judging/quantities.ts'
import { verdictText, verdictTone } from '../judging/verdicts.ts'

const ROWS_MAX = 200

export function metricLabel(metric: string): string {
  return compareMetric(metric)?.label ?? metric
}

/** A p value, or that it is not known. */
export function pCell(p: number | undefined): Cell {
  return cell(p === undefined ? UNKNOWN : pText(p))
}

export function valueCell(result: Pick<ContrastResult, 'metric' | 'scale' | 'estimate' | 'interval'>): Cell {
  const { scale, estimate: value, interval } = result
  const text = estimateText(result) ?? UNKNOWN
  if (value === undefined || interval === undefined) return cell(text)
  return cell(text, { visual: { kind: 'interval', scale, value, ...interval } })
}

export function verdictCell(result: ContrastResult): Cell {
  const tone = verdictTone(result)
  return cell(verdictText(result), { hint: result.verdict.sentence, ...defined({ tone }) })
}

interface ContrastTable {
  id: string
  title: string
  contrasts: readonly ContrastResult[]
  scope: Pick<ComparisonScope, 'noiseFloor' | 'unit'>
}

/** Contrasts with everything known about each. */
export function contrastTable({ id, title, contrasts, scope }: ContrastTable): Table {
  const shown = contrasts.slice(0, ROWS_MAX)
  const rest = contrasts.length - shown.length
  return withoutEmpty(OPTIONAL, {
    id: `contrasts-${id}`,
    title,
    notes: [
      ...(rest > 0 ? [`… and ${grouped(rest)} more, see contrasts.csv.`] : []),
      'Other − baseline, or other / baseline (×), on the same tasks. Intervals are unadjusted, 95 %. p comes from the paired t test on clustered task means; the adjusted p (Holm, over the confirmatory family) decides the verdict, the companion p never does.',
    ],
    columns: [
      start('Metric'),
      start('Contrast'),
      end(scope.unit === 'model' ? 'Models' : 'Tasks'),
      end(QUANTITY.value),
      end(QUANTITY.p),
      end(QUANTITY.adjustedP),
      end(QUANTITY.companionP),
      end(QUANTITY.detectable),
      end(QUANTITY.noise),
      end(QUANTITY.failed, 'the difference or ratio, had all failed trials gone one way or the other'),
      start(QUANTITY.verdict),
    ],
    rows: shown.map(contrast => [
      cell(metricLabel(contrast.metric)),
      cell(contrastName(contrast)),
      cell(String(contrast.tasks)),
      valueCell(contrast),
      pCell(contrast.p),
      pCell(contrast.adjustedP),
      cell(companionText(contrast)),
      cell(detectableText(contrast) ?? UNKNOWN),
      cell(floorText(scope.noiseFloor, contrast)),
      cell(boundsText(contrast)),
      verdictCell(contrast),
    ]),
    isGrouped: true,
  })
}

const OPTIONAL: readonly string[] = [QUANTITY.companionP, QUANTITY.noise, QUANTITY.failed]

/** Leaves out the columns of these titles where nothing is known. */
function withoutEmpty(titles: readonly string[], { columns, rows, ...rest }: Table): Table {
  const isKept = columns.map(({ title }, index) => {
    return !titles.includes(title) || rows.some(row => row[index]?.text !== UNKNOWN)
  })
  return {
    ...rest,
    columns: columns.filter((_, index) => isKept[index]),
    rows: rows.map(row => row.filter((_, index) => isKept[index])),
  }
}

function companionText({ companion = [] }: ContrastResult): string {
  return companion.length === 0 ? UNKNOWN : companion.map(({ method, p }) => `${pText(p)} (${method})`).join(', ')
}

/** The noise floor that belongs to a contrast; an interaction has none. */
export function floorText(floors: readonly NoiseFloor[], { metric, kind }: Pick<ContrastResult, 'metric' | 'kind'>) {
  return kind === 'interaction' ? UNKNOWN : noiseText(floors.find(floor => floor.metric === metric))
}

function boundsText({ bounds, metric, estimate }: ContrastResult): string {
  const known = compareMetric(metric)
  if (bounds === undefined || known === undefined) return UNKNOWN
  const range = intervalText(known, bounds, estimate ?? bounds.lower)
  const unit = figureText(known, 0).endsWith('pp') ? ' pp' : ''
  return bounds.changesVerdict ? `${range}${unit}, changes the verdict` : `${range}${unit}`
}

/** How a ratio changes with the number of calls that a task needs per look. */
export function slopeTable({ slopes }: Pick<ComparisonScope, 'slopes'>): Table {
  return {
    id: 'slopes',
    title: 'Ratio by calls per look',
    notes: [
      'Each point is a task: the ratio other / baseline against the fewest tool calls it needs per look (a point where a result must be judged). Below ×1 the other arm needs less; the break-even point is where the line crosses ×1.',
    ],
    columns: [
      start('Metric'),
      start('Contrast'),
      end('Tasks'),
      end('Change with each doubling [95 %]'),
      end(QUANTITY.p),
      end(`${QUANTITY.breakEven} [95 %]`, 'calls per look'),
    ],
    rows: slopes.map(slope => [
      cell(metricLabel(slope.metric)),
      cell(slope.contrast),
      cell(String(slope.tasks)),
      cell(doublingText(slope)),
      pCell(slope.p),
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

/** What no effect looks like in a run. */
export function noiseTable({ noiseFloor }: Pick<ComparisonScope, 'noiseFloor'>, title = 'Noise floor'): Table {
  const isKnown = noiseFloor.some(({ halfWidth }) => halfWidth !== undefined)
  return {
    id: 'noise',
    title,
    notes: [
      ...(isKnown ? [] : ['Noise floor: unknown; it needs at least two repeats, or two arms that are the same.']),
      'Two halves of the same arm, or two arms with the same settings, compared as if they were different. Chance alone makes a difference of this size; one interval in twenty excludes 0 (or 1 for ratios) by chance.',
    ],
    columns: [
      start('Metric'),
      start('Split'),
      end('Tasks'),
      end('Difference or ratio of the halves'),
      end(QUANTITY.noise, 'half the width of the 95 % interval'),
      start('Interval includes 0 (or 1)', '0 for differences, 1 for ratios'),
    ],
    rows: noiseFloor.map(floor => {
      const metric = compareMetric(floor.metric)
      const isUnknown = metric === undefined || floor.estimate === undefined
      return [
        cell(metricLabel(floor.metric)),
        cell(floor.source === 'arms' ? 'two equal arms' : 'repeats in halves'),
        cell(String(floor.tasks)),
        cell(isUnknown ? UNKNOWN : figureText(metric, floor.estimate ?? 0)),
        cell(noiseText(floor)),
        cell(floor.covers === undefined ? UNKNOWN : floor.covers ? 'yes' : 'no'),
      ]
    }),
  }
}
