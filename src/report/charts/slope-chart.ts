import type { Chart } from './chart.ts'
import { COLOUR, circle, line, type Shape, text } from './shapes.ts'

export interface SlopePicture {
  label: string
  title: string
  /** Base-2 logarithms: calls per look, and the ratio of the metric. */
  points: { x: number; y: number }[]
  slope?: number
  breakEven?: number
}

const WIDTH = 372
const HEIGHT = 240
const AREA = { left: 46, top: 34, width: 312, height: 156 }

/** How the effect changes with the number of calls a task needs per look. */
export function slopeChart({ label, title, points, slope, breakEven }: SlopePicture): Chart {
  const xMax = Math.max(1, Math.ceil(Math.max(...points.map(({ x }) => x)) + 0.1))
  const reach = Math.max(1, Math.ceil(Math.max(...points.map(({ y }) => Math.abs(y)))))
  const step = Math.ceil(reach / 3)
  const ratios = Array.from(
    { length: 2 * Math.floor(reach / step) + 1 },
    (_, index) => (index - Math.floor(reach / step)) * step,
  )
  const draw = (place: (x: number, y: number) => [number, number]): Shape[] => {
    const mean = (values: number[]) => values.reduce((total, value) => total + value, 0) / values.length
    const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))]
    const inside = (value: number) => Math.max(-reach, Math.min(reach, value))
    const lineAt = (x: number) => inside(meanY + (slope ?? 0) * (x - meanX))
    const isShown = breakEven !== undefined && breakEven >= 0 && breakEven <= xMax
    return [
      line(place(0, 0), place(xMax, 0), { colour: COLOUR.faint, dash: [3, 3] }),
      ...(slope === undefined
        ? []
        : [line(place(0, lineAt(0)), place(xMax, lineAt(xMax)), { colour: COLOUR.accent, width: 2 })]),
      ...points.map(({ x, y }) => circle(place(x, inside(y)), 3.5, { fill: COLOUR.soften, stroke: COLOUR.accent })),
      ...(isShown
        ? [line(place(breakEven, -reach), place(breakEven, reach), { colour: COLOUR.good, dash: [5, 3] })]
        : []),
    ]
  }
  const panel = {
    ...AREA,
    x: { min: 0, max: xMax, ticks: powers(xMax), title: 'calls per look' },
    y: {
      min: -reach,
      max: reach,
      ticks: ratios.map(at => ({ at, text: `×${Number((2 ** at).toPrecision(2))}` })),
      hasGridLines: true,
    },
    draw,
  }
  return { width: WIDTH, height: HEIGHT, label, panels: [panel], shapes: [text([0, 12], title, { weight: 600 })] }
}

function powers(most: number): { at: number; text: string }[] {
  return Array.from({ length: most + 1 }, (_, at) => ({ at, text: String(2 ** at) }))
}
