import { trim, trimEnd } from '../rust-trim.ts'
import type { PatchProfile } from './patch.ts'

export interface Seek {
  pattern: readonly string[]
  /** The first index tried. */
  from: number
  /** Only the position that ends the file fits. */
  atEnd: boolean
}

/** Typographic characters models type differently from the file; nothing else is mapped. */
function plain(line: string): string {
  return trim(line)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u00a0\u2002-\u200a\u202f\u205f\u3000]/g, ' ')
}

const PASSES: readonly ((line: string) => string)[] = [line => line, trimEnd, trim, plain]

/** Finds runs of lines in one file: exactly, then ever more forgivingly, each pass over the whole range. */
export function createLineSeeker(lines: readonly string[], profile: PatchProfile): (seek: Seek) => number | undefined {
  const mapped: (readonly string[] | undefined)[] = [lines]
  return ({ pattern, from, atEnd }) => {
    if (pattern.length === 0) return from
    const lastStart = lines.length - pattern.length
    if (lastStart < 0) return undefined
    const start = !atEnd ? from : profile === '0.55' ? lastStart : Math.max(lastStart, from)
    for (const [pass, map] of PASSES.entries()) {
      const wanted = pattern.map(map)
      mapped[pass] ??= lines.map(map)
      const found = indexOfRun(mapped[pass], wanted, start, lastStart)
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** Knuth, Morris and Pratt: linear even where thousands of lines are the same. */
function indexOfRun(
  lines: readonly string[],
  wanted: readonly string[],
  start: number,
  lastStart: number,
): number | undefined {
  const fallbacks = fallbackTable(wanted)
  let matched = 0
  for (let index = start; index < lastStart + wanted.length; index++) {
    while (matched > 0 && lines[index] !== wanted[matched]) matched = fallbacks[matched - 1] as number
    if (lines[index] === wanted[matched]) matched++
    if (matched === wanted.length) return index + 1 - matched
  }
  return undefined
}

/** For each beginning of `wanted`, how long the longest of its ends is that it also begins with. */
function fallbackTable(wanted: readonly string[]): number[] {
  const table = [0]
  let length = 0
  for (let index = 1; index < wanted.length; index++) {
    while (length > 0 && wanted[index] !== wanted[length]) length = table[length - 1] as number
    if (wanted[index] === wanted[length]) length++
    table.push(length)
  }
  return table
}
