/** Colours for a terminal; without them, the text as it is. */
export interface Paint {
  title(text: string): string
  faint(text: string): string
  good(text: string): string
  bad(text: string): string
  code(text: string): string
}

const asIs = (text: string) => text

export function createPaint(isColoured: boolean): Paint {
  if (!isColoured) return { title: asIs, faint: asIs, good: asIs, bad: asIs, code: asIs }
  const wrap = (start: number, end: number) => (text: string) => `\u001b[${start}m${text}\u001b[${end}m`
  return { title: wrap(1, 22), faint: wrap(2, 22), good: wrap(32, 39), bad: wrap(31, 39), code: wrap(36, 39) }
}
