import type { JsonValue } from '../../contracts/json.ts'
import type { Difference } from '../check/compare-outcome.ts'

/** Equal lines shown around what differs. */
const CONTEXT_LINES = 2
/** Lines shown of one difference; the JSON report has all of them. */
const LINES_MAX = 60
const LINE_CHARACTERS_MAX = 2_000

/** One difference as lines: `-` upstream, `+` the port; equal beginnings and ends are left out. */
export function describeDifference({ part, name, expected, observed }: Difference): string {
  const left = linesOf(expected)
  const right = linesOf(observed)
  const start = sharedStart(left, right)
  const end = sharedStart(left.slice(start).reverse(), right.slice(start).reverse())
  const lines = [
    ...left.slice(Math.max(0, start - CONTEXT_LINES), start).map(line => `  ${line}`),
    ...left.slice(start, left.length - end).map(line => `- ${line}`),
    ...right.slice(start, right.length - end).map(line => `+ ${line}`),
    ...left
      .slice(left.length - end)
      .slice(0, CONTEXT_LINES)
      .map(line => `  ${line}`),
  ]
  const rest = lines.length - LINES_MAX
  const shown = lines.slice(0, LINES_MAX).map(shortened)
  return [
    `${name === undefined ? part : `${part} ${name}`} (- upstream, + port)`,
    ...shown,
    ...(rest > 0 ? [`… ${rest} more lines`] : []),
  ].join('\n')
}

/** A text by its lines, a list by its items, anything else as JSON. Line ends and odd characters stay visible. */
function linesOf(value: JsonValue): string[] {
  if (value === null) return ['(nothing)']
  if (typeof value === 'string') return value.split(/(?<=\n)/).map(line => JSON.stringify(line).slice(1, -1))
  if (Array.isArray(value)) return value.map(item => JSON.stringify(item))
  if (typeof value === 'object') return Object.entries(value).map(([key, inner]) => `${key}: ${JSON.stringify(inner)}`)
  return [JSON.stringify(value)]
}

function sharedStart(left: readonly string[], right: readonly string[]): number {
  const index = left.findIndex((line, at) => line !== right[at])
  return Math.min(index === -1 ? left.length : index, right.length)
}

function shortened(line: string): string {
  return line.length <= LINE_CHARACTERS_MAX
    ? line
    : `${line.slice(0, LINE_CHARACTERS_MAX)}… (${line.length} characters)`
}
