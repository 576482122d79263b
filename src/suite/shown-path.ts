import { relative } from 'node:path'

/** A path as a message shows it: relative to the working directory where that is shorter to read. */
export function shownPath(path: string): string {
  const inside = relative(process.cwd(), path)
  return inside === '' || inside.startsWith('..') ? path : inside
}
