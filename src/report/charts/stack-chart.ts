import type { Chart } from './chart.ts'
import { axisFromZero, tickText } from './scale.ts'
import { COLOUR, fitted, partColour, rect, type Shape, text } from './shapes.ts'

export interface Stack {
  label: string
  parts: string[]
  rows: { name: string; values: readonly number[]; total: string }[]
}

const WIDTH = 1180
const NAMES = 240
const ROW = 28
const TOP = 6

/** Parts that add up, one bar an arm; each part starts where the one before it ends. */
export function stackChart({ label, rows }: Stack): Chart {
  const totals = rows.map(({ values }) => values.reduce((total, value) => total + value, 0))
  const x = axisFromZero(Math.max(...totals), tickText.count, 6)
  const height = rows.length * ROW
  const shapes = rows.flatMap(({ name }, index) => text([0, TOP + (index + 0.5) * ROW], fitted(name, NAMES - 14)))
  const draw = (place: (x: number, y: number) => [number, number]): Shape[] =>
    rows.flatMap(({ values, total }, index) => {
      let sum = 0
      const bars = values.map((value, part) => {
        const [from, top] = place(sum, index)
        sum += value
        const [to] = place(sum, index)
        return rect({ x: from, y: top + 6, width: Math.max(0, to - from), height: ROW - 12 }, partColour(part))
      })
      const [end, top] = place(sum, index)
      return [...bars, text([end + 8, top + ROW / 2], total, { colour: COLOUR.soft })]
    })
  const panel = { left: NAMES, top: TOP, width: WIDTH - NAMES - 90, height, x, y: { min: rows.length, max: 0 }, draw }
  return { width: WIDTH, height: TOP + height + 34, label, panels: [panel], shapes }
}
