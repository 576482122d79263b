import { groupBy } from '../../base/lists.ts'
import { UNKNOWN } from '../../base/number-text.ts'
import { plainLine } from '../../base/plain-text.ts'
import type { ComparisonScope, ContrastResult } from '../comparison/comparison.ts'
import { type CompareMetric, compareMetric } from '../judging/compare-metrics.ts'
import { contrastName, estimateText, pText } from '../judging/figure-text.ts'
import { verdictText, verdictTone } from '../judging/verdicts.ts'
import type { Forest, ForestRow } from './forest-chart.ts'

/** A plot with more lines cannot be read; contrasts.csv has all of them. */
const ROWS_MAX = 48

export interface ContrastFamily {
  id: string
  title: string
  contrasts: ContrastResult[]
  forest(): Forest
  /** Contrasts that the plot has no line for. */
  leftOut: number
}

const FAMILIES = [
  { id: 'outcome', title: 'Outcome', units: ['share'], scale: 'points', better: 'right' },
  { id: 'work', title: 'Turns and calls', units: ['count'], scale: 'ratio', better: 'left' },
  { id: 'tokens', title: 'Tokens', units: ['tokens'], scale: 'ratio', better: 'left' },
  { id: 'cost', title: 'Cost and time', units: ['USD', 'ms'], scale: 'ratio', better: 'left' },
  { id: 'errors', title: 'Error rates', units: ['events per occasion'], scale: 'rate', better: 'left' },
] as const

/** The contrasts of a scope by families of metrics, each as a plot; families without an estimate are left out. */
export function contrastFamilies(scope: ComparisonScope): ContrastFamily[] {
  return FAMILIES.flatMap(({ id, title, units, scale, better }) => {
    const isOwn = ({ metric }: ContrastResult) => {
      const unit = compareMetric(metric)?.unit
      return unit !== undefined && (units as readonly CompareMetric['unit'][]).includes(unit)
    }
    const contrasts = scope.contrasts.filter(isOwn)
    const shown = contrasts.filter(({ estimate }) => estimate !== undefined)
    if (shown.length === 0) return []
    const drawn = shown.slice(0, ROWS_MAX)
    const names = [...new Set(drawn.map(({ metric }) => compareMetric(metric)?.label ?? metric))].join(', ')
    const label = `${title} (${names}): ${drawn.length} values with 95 % intervals; the table below has the figures.`
    const forest = () => ({ label, scale, rows: rowsOf(drawn, scope), ...(scope.isEvidence && { better }) })
    return [{ id, title, contrasts, forest, leftOut: shown.length - drawn.length }]
  })
}

function rowsOf(contrasts: readonly ContrastResult[], scope: ComparisonScope): ForestRow[] {
  return [...groupBy(contrasts, ({ metric }) => metric)].flatMap(([metric, group]) => [
    { kind: 'heading', text: compareMetric(metric)?.label ?? metric },
    ...group.map(contrast => rowOf(contrast, scope)),
  ])
}

function rowOf(contrast: ContrastResult, { noiseFloor }: ComparisonScope): ForestRow {
  const { estimate, interval, adjustedP, scale, metric } = contrast
  const axis = (value: number) => (scale === 'ratio' ? Math.log2(value) : value)
  const noise = noiseFloor.find(floor => floor.metric === metric)?.halfWidth
  return {
    kind: 'estimate',
    label: plainLine(contrastName(contrast)),
    tone: verdictTone(contrast) ?? 'open',
    texts: [
      estimateText(contrast) ?? UNKNOWN,
      adjustedP === undefined ? UNKNOWN : pText(adjustedP),
      verdictText(contrast),
    ],
    ...(estimate !== undefined && { estimate: axis(estimate) }),
    ...(interval && { lower: axis(interval.lower), upper: axis(interval.upper) }),
    ...(noise !== undefined && { noise: axis(noise) }),
  }
}
