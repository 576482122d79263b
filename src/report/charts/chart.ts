import type { Shape } from './shapes.ts'

/** A picture, before anything draws it: axes for ECharts, and shapes in their coordinates. */
export interface Chart {
  width: number
  height: number
  /** What it shows, for readers by ear; the figures are in a table next to it. */
  label: string
  panels: Panel[]
  /** Over all panels, in pixels. */
  shapes?: Shape[]
}

export interface Panel {
  left: number
  top: number
  width: number
  height: number
  x: Axis
  y: Axis
  /** `at` maps a point of the axes to pixels. */
  draw(at: (x: number, y: number) => [x: number, y: number]): Shape[]
}

export interface Axis {
  min: number
  max: number
  /** Absent: the axis is not shown. */
  ticks?: { at: number; text: string }[]
  hasGridLines?: boolean
  title?: string
}
