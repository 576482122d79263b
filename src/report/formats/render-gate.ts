import { plainLine } from '../../base/plain-text.ts'
import type { Table } from '../../base/table.ts'
import { tableLines } from '../../base/table-lines.ts'
import type { GateResult, GateStatus } from '../gate/gate-result.ts'
import { checksTable, notComparedLines, quarantineTable } from '../gate/gate-tables.ts'
import { escaped, gridOf } from './markdown-text.ts'

const STATUS_WORDS: Record<GateStatus, string> = {
  pass: 'PASS',
  regression: 'REGRESSION',
  inconclusive: 'INCONCLUSIVE',
  infrastructure: 'TOO MANY FAILED TRIALS',
  'nothing-ran': 'NOTHING RAN',
}

export function renderGateTerminal(result: GateResult): string {
  const tables = [checksTable(result), quarantineTable(result)].filter(table => table.rows.length > 0)
  const lines = [
    `${STATUS_WORDS[result.status]}: ${plainLine(result.reason, 600)}`,
    factsLine(result),
    ...result.checks.map(({ sentence }) => `- ${plainLine(sentence, 1000)}`),
    ...[...notComparedLines(result), ...result.notes].map(note => `! ${plainLine(note, 1000)}`),
    ...tables.flatMap(tableLines),
  ]
  return `${lines.join('\n')}\n`
}

function factsLine({ baseline, run }: GateResult): string {
  const { lost, name, planned, scored } = run
  const gone = lost === 0 ? '' : `, ${lost} failed`
  return `${plainLine(name)}: ${scored} of ${planned} trials scored${gone}; baseline ${baseline.digest.slice(0, 12)}, ${baseline.trials} trials`
}

/** A comment on a pull request takes 65,536 characters. */
const CHARACTERS_MAX = 59_000
const ROWS_MAX = 60
const LINES_MAX = 40

/** For a comment on a pull request. */
export function renderGateMarkdown(result: GateResult): string {
  const { checks, notes, quarantined, reason, status } = result
  const worse = checks.filter(({ direction, outcome }) => direction === 'worse' || outcome === 'regression')
  const rest = checks.filter(check => !worse.includes(check))
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`### ${title}`, listOf(lines.slice(0, LINES_MAX), lines.length)]
  const blocks = [
    `## scriptbench gate: ${STATUS_WORDS[status]}`,
    escaped(reason),
    escaped(factsLine(result)),
    ...list(
      'Worse, or apparently worse, than the baseline',
      worse.map(({ sentence }) => sentence),
    ),
    ...list(
      'Other checks',
      rest.map(({ sentence }) => sentence),
    ),
    ...list('Left out', [...notComparedLines(result), ...notes]),
    ...foldedTable(checksTable(result), checks.length),
    ...foldedTable(quarantineTable(result), quarantined.length),
  ]
  return fitting(blocks)
}

function listOf(lines: readonly string[], all: number): string {
  const more = all > lines.length ? [`… and ${all - lines.length} more`] : []
  return [...lines, ...more].map(line => `- ${escaped(line.slice(0, 1000))}`).join('\n')
}

function foldedTable(table: Table, all: number): string[] {
  if (all === 0) return []
  const shown = { ...table, rows: table.rows.slice(0, ROWS_MAX) }
  const more = all > ROWS_MAX ? `, the first ${ROWS_MAX} of ${all}` : ''
  return [`<details><summary>${escaped(table.title)}${more}</summary>\n\n${gridOf(shown)}\n\n</details>`]
}

/** The blocks that fit, from the first on; with a note if any was left out. */
function fitting(blocks: readonly string[]): string {
  const kept: string[] = []
  let characters = 0
  for (const block of blocks) {
    characters += block.length + 2
    if (characters > CHARACTERS_MAX) {
      kept.push('… cut off here: "scriptbench gate --json" has everything.')
      break
    }
    kept.push(block)
  }
  return `${kept.join('\n\n')}\n`
}
