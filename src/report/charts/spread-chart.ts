import type { Quantiles } from '../document/details/quantiles.ts'
import type { Chart, Panel } from './chart.ts'
import { axisFromZero } from './scale.ts'
import { COLOUR, fitted, line, rect, type Shape, text } from './shapes.ts'

export interface Spreads {
  label: string
  names: string[]
  /** Side by side; one value a name, absent where nothing is known. */
  panels: { title: string; tickOf: (value: number) => string; rows: (Quantiles | undefined)[] }[]
}

const WIDTH = 1180
const NAMES = 240
const GAP = 36
const ROW = 26
const TOP = 26

/** Distributions of several measures over the same arms: 5 % to 95 % thin, the middle half thick, the median marked. */
export function spreadChart({ label, names, panels }: Spreads): Chart {
  const width = (WIDTH - NAMES - GAP * panels.length) / panels.length
  const height = names.length * ROW
  const drawn = panels.map(({ rows, tickOf }, index): Panel => {
    const most = Math.max(0, ...rows.map(row => row?.p95 ?? 0))
    return {
      ...{ left: NAMES + index * (width + GAP), top: TOP, width, height },
      x: { ...axisFromZero(most, tickOf, 4), hasGridLines: true },
      y: { min: names.length, max: 0 },
      draw: place => rows.flatMap((row, at) => (row === undefined ? [unknown(place, at)] : boxOf(row, at, place))),
    }
  })
  const titles = panels.map(({ title }, index) => text([NAMES + index * (width + GAP), 10], title, { weight: 600 }))
  const labels = names.map((name, index) => text([0, TOP + (index + 0.5) * ROW], fitted(name, NAMES - 14)))
  return { width: WIDTH, height: TOP + height + 30, label, panels: drawn, shapes: [...titles, ...labels] }
}

type Place = (x: number, y: number) => [number, number]

function unknown(place: Place, index: number): Shape {
  const [x, y] = place(0, index + 0.5)
  return text([x + 6, y], 'unknown', { colour: COLOUR.soft, size: 11 })
}

function boxOf({ p5, p25, p50, p75, p95 }: Quantiles, index: number, place: Place): Shape[] {
  const [from, y] = place(p5, index + 0.5)
  const [to] = place(p95, 0)
  const [left] = place(p25, 0)
  const [right] = place(p75, 0)
  const [middle] = place(p50, 0)
  return [
    line([from, y], [to, y], { colour: COLOUR.accent, width: 1.5 }),
    line([to, y - 4], [to, y + 4], { colour: COLOUR.accent, width: 1.5 }),
    rect({ x: left, y: y - 6, width: Math.max(1, right - left), height: 12 }, COLOUR.soften, 1),
    line([middle, y - 8], [middle, y + 8], { colour: COLOUR.ink, width: 2.5 }),
  ]
}
