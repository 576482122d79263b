import { grouped } from '../../base/number-text.ts'
import { plainLine } from '../../base/plain-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { TaskFlips } from '../comparison/comparison.ts'

const NAMED_MAX = 12

/** Which tasks an arm broke and which it mended; broken ones first. */
export function flipTable(flips: readonly TaskFlips[]): Table {
  return {
    id: 'flips',
    title: 'Tasks broken and mended',
    notes: ['Share solved, baseline → other arm. Without repeats one trial decides, and some flips are chance.'],
    columns: [
      start('Contrast'),
      end('Broken'),
      start('which', 'solved less often than in the baseline'),
      end('Mended'),
      start('which ', 'solved more often than in the baseline'),
    ],
    rows: flips.map(({ contrast, lost, gained }) => [
      cell(contrast),
      cell(String(lost.length)),
      cell(named(lost)),
      cell(String(gained.length)),
      cell(named(gained)),
    ]),
  }
}

function named(tasks: TaskFlips['lost']): string {
  const shown = tasks
    .slice(0, NAMED_MAX)
    .map(({ task, baseline, other }) => `${plainLine(task, 80)} ${baseline} → ${other}`)
  const rest = tasks.length - shown.length
  return [...shown, ...(rest > 0 ? [`… and ${grouped(rest)} more`] : [])].join('; ')
}
