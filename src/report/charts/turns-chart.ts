import type { Chart, Panel } from './chart.ts'
import { ticksFromZero } from './scale.ts'
import { circle, partColour, polyline, type Shape, text } from './shapes.ts'

export interface TurnLines {
  label: string
  /** Names of the bins of turns, from the first on. */
  bins: string[]
  panels: { title: string; tickOf: (value: number) => string; max?: number; lines: (number | undefined)[][] }[]
}

const WIDTH = 1180
const GAP = 70
const HEIGHT = 210
const TOP = 30

/** Measures over the turns of a trial, one line per arm in the order of the legend. */
export function turnsChart({ label, bins, panels }: TurnLines): Chart {
  const width = (WIDTH - GAP * panels.length) / panels.length
  const last = bins.length - 1
  const drawn = panels.map(({ lines, tickOf, max }, index): Panel => {
    const most = max ?? Math.max(0, ...lines.flat().map(value => value ?? 0))
    const ticks = ticksFromZero(most, tickOf, 4)
    return {
      ...{ left: GAP * (index + 1) - 16 + index * width, top: TOP, width, height: HEIGHT },
      x: { min: 0, max: Math.max(1, last), ticks: bins.map((text, at) => ({ at, text })), title: 'turn' },
      y: { min: 0, max: ticks.at(-1)?.at ?? 1, ticks, hasGridLines: true },
      draw: place => lines.flatMap((values, arm) => lineOf(values, arm, place)),
    }
  })
  const titles = panels.map(({ title }, index) =>
    text([GAP * (index + 1) - 16 + index * width, 12], title, { weight: 600 }),
  )
  return { width: WIDTH, height: TOP + HEIGHT + 44, label, panels: drawn, shapes: titles }
}

/** Later arms have dashes too, so that every line looks different. */
function lineOf(
  values: readonly (number | undefined)[],
  arm: number,
  place: (x: number, y: number) => [number, number],
): Shape[] {
  const points = values.flatMap((value, bin) => (value === undefined ? [] : [place(bin, value)]))
  const colour = partColour(arm)
  const dash = [undefined, [6, 3], [2, 3]][Math.floor(arm / 4) % 3]
  const shape = points.length > 1 ? [polyline(points, { colour, width: 2, ...(dash && { dash }) })] : []
  return [...shape, ...points.map(point => circle(point, 2.5, { fill: colour }))]
}
