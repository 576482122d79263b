import { diffLines, type LineEdit } from '../../base/diff-lines.ts'

const CONTEXT_LINES = 3
const MARK = { same: ' ', removed: '-', added: '+' } as const

/** One file's section of an `applyPatch` patch. */
export interface FileText {
  path: string
  before?: string
  after?: string
}

/**
 * The section that turns `before` into `after` (absent: no file), or `undefined` where the patch format cannot say it
 * byte for byte: mixed or changed line endings, no final newline, odd paths.
 */
export function patchSection({ path, before, after }: FileText): string | undefined {
  if (!/^[^\s*][^\t\n\r]*$/.test(path) || path !== path.trim()) return undefined
  if (after === undefined) return before === undefined ? undefined : `*** Delete File: ${path}`
  const ending = lineEnding(after)
  if (ending === undefined) return undefined
  if (before === undefined)
    return ending === '\n'
      ? [`*** Add File: ${path}`, ...linesOf(after, ending).map(line => `+${line}`)].join('\n')
      : undefined
  if (before === '' || lineEnding(before) !== ending) return undefined
  const hunks = hunksOf(linesOf(before, ending), diffLines(linesOf(before, ending), linesOf(after, ending)))
  return !hunks || hunks.length === 0 ? undefined : [`*** Update File: ${path}`, ...hunks].join('\n')
}

/** Sections in one patch. */
export function patchText(sections: readonly string[]): string {
  return ['*** Begin Patch', ...sections, '*** End Patch'].join('\n')
}

/** The one ending that every line has, the last included; `undefined` for anything mixed. */
function lineEnding(text: string): '\n' | '\r\n' | undefined {
  if (text === '') return '\n'
  if (!text.endsWith('\n')) return undefined
  const breaks = text.split('\n').length - 1
  const pairs = text.split('\r\n').length - 1
  const returns = text.split('\r').length - 1
  if (returns === 0) return '\n'
  return pairs === breaks && returns === pairs ? '\r\n' : undefined
}

function linesOf(text: string, ending: string): string[] {
  return text === '' ? [] : text.slice(0, -ending.length).split(ending)
}

interface Hunk {
  /** Indices into the edit script, end exclusive. */
  from: number
  to: number
}

/** Hunks with enough context that a search from the previous hunk's end finds the right place first. */
function hunksOf(before: readonly string[], script: readonly LineEdit[]): string[] | undefined {
  const positions = positionsIn(script)
  const texts: string[] = []
  let searchFrom = 0
  let emitted = 0
  for (const wide of changedRanges(script)) {
    if (wide.to <= emitted) continue
    const hunk = { from: Math.max(wide.from, emitted), to: wide.to }
    while (!isFoundFirst(before, script.slice(hunk.from, hunk.to), searchFrom, positions[hunk.from] as number)) {
      if (hunk.from > emitted) hunk.from--
      else if (hunk.to < script.length) hunk.to++
      else return undefined
    }
    texts.push(['@@', ...script.slice(hunk.from, hunk.to).map(({ kind, line }) => `${MARK[kind]}${line}`)].join('\n'))
    emitted = hunk.to
    searchFrom = positions[hunk.to] as number
  }
  return texts
}

/** The changes with their context, those that touch each other joined. */
function changedRanges(script: readonly LineEdit[]): Hunk[] {
  const ranges: Hunk[] = []
  for (const [index, { kind }] of script.entries()) {
    if (kind === 'same') continue
    const from = Math.max(0, index - CONTEXT_LINES)
    const to = Math.min(script.length, index + CONTEXT_LINES + 1)
    const last = ranges.at(-1)
    if (last && from <= last.to) last.to = to
    else ranges.push({ from, to })
  }
  return ranges
}

/** For each index of the script, how many lines of the old file come before it. */
function positionsIn(script: readonly LineEdit[]): number[] {
  const positions = [0]
  for (const { kind } of script) positions.push((positions.at(-1) as number) + (kind === 'added' ? 0 : 1))
  return positions
}

function isFoundFirst(before: readonly string[], hunk: readonly LineEdit[], start: number, wanted: number): boolean {
  const old = hunk.filter(({ kind }) => kind !== 'added').map(({ line }) => line)
  if (old.length === 0) return false
  for (let index = start; index < wanted; index++)
    if (old.every((line, offset) => before[index + offset] === line)) return false
  return true
}
