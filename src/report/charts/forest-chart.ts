import { QUANTITY } from '../judging/quantities.ts'
import type { Chart, Panel } from './chart.ts'
import { COLOUR, circle, fitted, line, polygon, rect, type Shape, text } from './shapes.ts'

/** One line of a forest plot, on the axis' own footing: 0 is no difference; ratios come as base-2 logarithms. */
export type ForestRow =
  | { kind: 'heading'; text: string }
  | {
      kind: 'estimate'
      label: string
      estimate?: number
      lower?: number
      upper?: number
      /** Half the width of what no effect looks like here. */
      noise?: number
      tone: 'good' | 'bad' | 'open'
      /** Estimate with interval, p, verdict. */
      texts: readonly [string, string, string]
    }

export interface Forest {
  label: string
  /** `points`: percentage points; `rate`: events per occasion. */
  scale: 'points' | 'rate' | 'ratio'
  rows: ForestRow[]
  /** Where "better" is; absent for players that are not models. */
  better?: 'left' | 'right'
}

const WIDTH = 1180
const LABELS = 350
const PLOT = { left: 366, width: 380 }
const TEXTS = [764, 952, 1024] as const
const ROW = 24
const TOP = 30

const TICKS = {
  difference: [
    { limit: 0.05, at: [-0.05, -0.025, 0, 0.025, 0.05] },
    { limit: 0.1, at: [-0.1, -0.05, 0, 0.05, 0.1] },
    { limit: 0.2, at: [-0.2, -0.1, 0, 0.1, 0.2] },
    { limit: 0.4, at: [-0.4, -0.2, 0, 0.2, 0.4] },
    { limit: 1, at: [-1, -0.5, 0, 0.5, 1] },
  ],
  ratio: [
    { limit: Math.log2(1.25), at: [0.8, 0.9, 1, 1.1, 1.25].map(Math.log2) },
    { limit: 1, at: [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2].map(Math.log2) },
    { limit: 2, at: [0.25, 0.5, 1, 2, 4].map(Math.log2) },
    { limit: 4, at: [0.0625, 0.25, 1, 4, 16].map(Math.log2) },
    { limit: 8, at: [1 / 256, 1 / 16, 1, 16, 256].map(Math.log2) },
  ],
}

/** Estimates with their intervals, one under the other. */
export function forestChart(forest: Forest): Chart {
  const { rows, scale, label } = forest
  const { limit, at } = ticksFor(forest)
  const height = TOP + rows.length * ROW + 30
  const panel: Panel = {
    ...{ left: PLOT.left, top: TOP, width: PLOT.width, height: rows.length * ROW },
    x: { min: -limit, max: limit, ticks: at.map(value => ({ at: value, text: tickText(value, scale) })) },
    y: { min: rows.length, max: 0 },
    draw: place => {
      const [zero, top] = place(0, 0)
      const [, bottom] = place(0, rows.length)
      const axis = line([zero, top], [zero, bottom], { colour: COLOUR.faint, dash: [3, 3] })
      return [
        ...noiseShapes(rows, place),
        axis,
        ...rows.flatMap((row, index) => estimateShapes(row, index, place, limit)),
      ]
    },
  }
  return { width: WIDTH, height, label, panels: [panel], shapes: [...headShapes(forest), ...rows.flatMap(rowTexts)] }
}

/** Wide enough for the estimates and for most intervals; longer ones end in an arrow. */
function ticksFor({ rows, scale }: Forest): { limit: number; at: number[] } {
  const estimates = rows.filter(row => row.kind === 'estimate')
  const points = estimates.flatMap(({ estimate }) => (estimate === undefined ? [] : [Math.abs(estimate) * 1.15]))
  const ends = estimates.flatMap(({ lower = 0, upper = 0 }) => Math.max(Math.abs(lower), Math.abs(upper)))
  ends.sort((left, right) => left - right)
  const wanted = Math.max(0, ...points, ends[Math.floor((ends.length - 1) * 0.8)] ?? 0)
  const choices = scale === 'ratio' ? TICKS.ratio : TICKS.difference
  return choices.find(({ limit }) => limit >= wanted) ?? (choices.at(-1) as (typeof choices)[number])
}

function tickText(value: number, scale: Forest['scale']): string {
  if (scale !== 'ratio') {
    const size = Number(Math.abs(scale === 'points' ? value * 100 : value).toFixed(3))
    return `${value > 0 ? '+' : value < 0 ? '−' : ''}${size}`
  }
  const ratio = 2 ** value
  return `×${ratio >= 1 ? Number(ratio.toFixed(2)) : Number(ratio.toPrecision(2))}`
}

function headShapes({ better, scale }: Forest): Shape[] {
  const [left, right] = [PLOT.left, PLOT.left + PLOT.width]
  const small = { colour: COLOUR.soft, size: 11 }
  const sides =
    better === undefined
      ? ['← less', 'more →']
      : [better === 'left' ? '← better' : '← worse', better === 'right' ? 'better →' : 'worse →']
  const unit = { points: 'percentage points', rate: 'events per occasion', ratio: 'ratio' }[scale]
  return [
    text([left, 14], sides[0] as string, small),
    text([right, 14], sides[1] as string, { ...small, align: 'right' }),
    text([(left + right) / 2, 14], unit, { ...small, align: 'center' }),
    ...[QUANTITY.value, QUANTITY.adjustedP, QUANTITY.verdict].map((title, index) =>
      text([TEXTS[index] as number, 14], title, small),
    ),
  ]
}

function rowTexts(row: ForestRow, index: number): Shape[] {
  const y = TOP + (index + 0.5) * ROW
  if (row.kind === 'heading') return [text([0, y], fitted(row.text, LABELS), { weight: 600 })]
  const colour = row.tone === 'good' ? COLOUR.good : row.tone === 'bad' ? COLOUR.bad : COLOUR.soft
  const [estimate, p, verdict] = row.texts
  return [
    text([12, y], fitted(row.label, LABELS - 12), { colour: COLOUR.soft }),
    text([TEXTS[0], y], estimate),
    text([TEXTS[1], y], p),
    text([TEXTS[2], y], fitted(verdict, WIDTH - TEXTS[2]), { colour, ...(row.tone !== 'open' && { weight: 600 }) }),
  ]
}

type Place = (x: number, y: number) => [number, number]

/** What no effect looks like, behind the estimates. */
function noiseShapes(rows: readonly ForestRow[], place: Place): Shape[] {
  return rows.flatMap((row, index) => {
    if (row.kind === 'heading' || row.noise === undefined) return []
    const [from, y] = place(-row.noise, index)
    const [to] = place(row.noise, index)
    const [left, right] = [Math.max(from, PLOT.left), Math.min(to, PLOT.left + PLOT.width)]
    return [rect({ x: left, y: y + 3, width: right - left, height: ROW - 6 }, COLOUR.track)]
  })
}

function estimateShapes(row: ForestRow, index: number, place: Place, limit: number): Shape[] {
  if (row.kind === 'heading' || row.estimate === undefined) return []
  const inside = (value: number) => Math.max(-limit, Math.min(limit, value))
  const { estimate, lower, upper, tone } = row
  const colour = tone === 'good' ? COLOUR.good : tone === 'bad' ? COLOUR.bad : COLOUR.accent
  const [x, y] = place(inside(estimate), index + 0.5)
  const shapes: Shape[] = []
  if (lower !== undefined && upper !== undefined) {
    const [from] = place(inside(lower), 0)
    const [to] = place(inside(upper), 0)
    shapes.push(line([from, y], [to, y], { colour, width: 2 }))
    if (lower < -limit)
      shapes.push(
        polygon(
          [
            [from - 1, y],
            [from + 6, y - 4],
            [from + 6, y + 4],
          ],
          colour,
        ),
      )
    if (upper > limit)
      shapes.push(
        polygon(
          [
            [to + 1, y],
            [to - 6, y - 4],
            [to - 6, y + 4],
          ],
          colour,
        ),
      )
  }
  // Filled: decided. Hollow: not.
  const isDecided = tone !== 'open'
  if (Math.abs(estimate) <= limit)
    shapes.push(
      isDecided
        ? rect({ x: x - 5, y: y - 5, width: 10, height: 10 }, colour)
        : circle([x, y], 4.5, { fill: COLOUR.paper, stroke: colour }),
    )
  return shapes
}
