import type { Axis, Chart } from './chart.ts'
import { axisFromZero, tickText } from './scale.ts'
import { COLOUR, circle, fitted, line, polyline, type Shape, text, textWidth } from './shapes.ts'

export interface PlanePoint {
  name: string
  /** What a trial takes on average. */
  cost: number
  /** Share solved, with its interval. */
  solved: number
  lower: number
  upper: number
}

export interface Plane {
  label: string
  costTitle: string
  unit: 'usd' | 'count'
  points: PlanePoint[]
}

const WIDTH = 1180
const HEIGHT = 350
const AREA = { left: 52, top: 30, width: 900, height: 264 }

/** The points that no other point beats: cheaper and at least as good, or as cheap and better. Cheapest first. */
export function paretoFront(points: readonly PlanePoint[]): PlanePoint[] {
  const cheapestFirst = [...points].sort((left, right) => left.cost - right.cost || right.solved - left.solved)
  let best = Number.NEGATIVE_INFINITY
  return cheapestFirst.filter(({ solved }) => {
    const isBetter = solved > best
    if (isBetter) best = solved
    return isBetter
  })
}

/** What an arm solves against what it takes, with the front of those worth choosing. */
export function planeChart({ label, costTitle, unit, points }: Plane): Chart {
  const most = Math.max(...points.map(point => point.cost))
  const x: Axis = { ...axisFromZero(most * 1.02, tickText[unit], 6), title: costTitle }
  const y = sharesAxis(points)
  const front = paretoFront(points)
  const draw = (place: (x: number, y: number) => [number, number]): Shape[] => {
    const steps = front.flatMap(({ cost, solved }, index) => {
      const next = front[index + 1]
      return next === undefined ? [place(cost, solved)] : [place(cost, solved), place(next.cost, solved)]
    })
    return [
      ...(steps.length > 1 ? [polyline(steps, { colour: COLOUR.good, width: 1.5, dash: [5, 3] })] : []),
      ...points.map(({ cost, lower, upper }) =>
        line(place(cost, lower), place(cost, upper), { colour: COLOUR.strong }),
      ),
      ...points.map(point => {
        const isFront = front.includes(point)
        const fill = isFront ? COLOUR.good : COLOUR.paper
        return circle(place(point.cost, point.solved), 5, { fill, stroke: isFront ? COLOUR.good : COLOUR.accent })
      }),
      ...labels(points, front, place),
    ]
  }
  const title = text([0, 12], 'solved', { colour: COLOUR.soft })
  return { width: WIDTH, height: HEIGHT, label, panels: [{ ...AREA, x, y, draw }], shapes: [title] }
}

/** Whole tenths around the intervals. */
function sharesAxis(points: readonly PlanePoint[]): Axis {
  const lowest = Math.floor(Math.min(...points.map(({ lower }) => lower)) * 10)
  const highest = Math.ceil(Math.max(...points.map(({ upper }) => upper)) * 10)
  const step = highest - lowest > 6 ? 2 : 1
  const count = Math.ceil((highest - lowest) / step)
  const from = Math.max(0, highest - count * step)
  const ticks = Array.from({ length: count + 1 }, (_, index) => highest - index * step).filter(tenth => tenth >= 0)
  const shown = ticks.map(tenth => ({ at: tenth / 10, text: tickText.percent(tenth / 10) }))
  return { min: from / 10, max: highest / 10 + 0.004 * (highest - from), ticks: shown, hasGridLines: true }
}

/** Each name next to its point, moved down where it would lie on another or on a point. */
function labels(
  points: readonly PlanePoint[],
  front: readonly PlanePoint[],
  place: (x: number, y: number) => [number, number],
): Shape[] {
  const ordered = points.map(point => ({ point, at: place(point.cost, point.solved) }))
  ordered.sort((left, right) => left.at[1] - right.at[1] || left.at[0] - right.at[0])
  const taken = ordered.map(({ at: [x, y] }) => ({ left: x - 7, right: x + 7, y }))
  return ordered.flatMap(({ point, at: [x, y] }) => {
    const name = fitted(point.name, 250)
    const left = x + 10
    const right = left + textWidth(name)
    let atY = y - 1
    while (taken.some(box => Math.abs(box.y - atY) < 14 && box.left < right && left < box.right)) atY += 3
    taken.push({ left, right, y: atY })
    const style = front.includes(point) ? { weight: 600 } : { colour: COLOUR.soft }
    const leader = line([x + 4, y + 5], [left - 2, atY], { colour: COLOUR.strong, width: 0.75 })
    return [...(atY - y > 4 ? [leader] : []), text([left, atY], name, { ...style, hasHalo: true })]
  })
}
