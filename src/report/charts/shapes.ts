/** Colours of the page's style sheet, so that a picture follows its light and its dark. */
export const COLOUR = {
  ink: 'var(--ink)',
  soft: 'var(--soft)',
  faint: 'var(--faint)',
  line: 'var(--line)',
  strong: 'var(--line-strong)',
  track: 'var(--track)',
  paper: 'var(--paper)',
  accent: 'var(--accent)',
  soften: 'var(--accent-mid)',
  good: 'var(--good)',
  bad: 'var(--bad)',
} as const

export const PART_COLOURS = 8

export function partColour(index: number): string {
  return `var(--part-${index % PART_COLOURS})`
}

/** A graphic element as ECharts' custom series take it. */
export interface Shape {
  type: 'line' | 'rect' | 'circle' | 'polyline' | 'polygon' | 'text'
  silent: true
  shape?: object
  style: object
}

export function line(from: readonly [number, number], to: readonly [number, number], style: LineStyle): Shape {
  const shape = { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }
  return { type: 'line', silent: true, shape, style: strokeOf(style) }
}

export function polyline(points: readonly (readonly [number, number])[], style: LineStyle): Shape {
  return { type: 'polyline', silent: true, shape: { points }, style: strokeOf(style) }
}

export function polygon(points: readonly (readonly [number, number])[], fill: string): Shape {
  return { type: 'polygon', silent: true, shape: { points }, style: { fill } }
}

export interface LineStyle {
  colour: string
  width?: number
  dash?: number[]
}

function strokeOf({ colour, width = 1, dash }: LineStyle): object {
  return { stroke: colour, fill: 'none', lineWidth: width, ...(dash && { lineDash: dash }) }
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export function rect(box: Box, fill: string, radius = 0): Shape {
  return { type: 'rect', silent: true, shape: { ...box, r: radius }, style: { fill } }
}

export function circle(
  [cx, cy]: readonly [number, number],
  r: number,
  style: { fill: string; stroke?: string },
): Shape {
  return { type: 'circle', silent: true, shape: { cx, cy, r }, style: { ...style, lineWidth: 1.5 } }
}

export interface TextStyle {
  colour?: string
  align?: 'left' | 'center' | 'right'
  size?: number
  weight?: number
  /** Keeps lines behind it off the letters. */
  hasHalo?: boolean
}

export function text(at: readonly [number, number], content: string, options: TextStyle = {}): Shape {
  const { colour = COLOUR.ink, align = 'left', size = 12, weight = 400, hasHalo = false } = options
  const font = { fontSize: size, fontWeight: weight, fontFamily: 'inherit' }
  const halo = hasHalo ? { stroke: COLOUR.paper, lineWidth: 4 } : {}
  const style = { x: at[0], y: at[1], text: content, fill: colour, align, verticalAlign: 'middle', ...font, ...halo }
  return { type: 'text', silent: true, style }
}

/** A letter’s width on average, in sizes of the font. */
const LETTER = 0.54

/** About as wide as the page's letters are, in pixels: enough to keep labels apart. */
export function textWidth(content: string, size = 12): number {
  return Array.from(content).length * size * LETTER
}

/** Cut to about a width in pixels. */
export function fitted(content: string, widthMax: number, size = 12): string {
  const characters = Array.from(content)
  const most = Math.max(1, Math.floor(widthMax / (size * LETTER)))
  return characters.length <= most ? content : `${characters.slice(0, most - 1).join('')}…`
}
