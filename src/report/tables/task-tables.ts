import { grouped, UNKNOWN } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ComparisonScope } from '../comparison/comparison.ts'
import type { Scope, TaskRow } from '../document/report.ts'

const ARMS_MAX = 8
const ROWS_MAX = 120

/** How each task went in each arm: as many tables as keep the arms readable. Flips are against the baseline’s arm. */
export function taskTables({ scope, baselineArm }: { scope: Scope; baselineArm: number }): Table[] {
  const rows = shownRows(scope.tasks, baselineArm)
  const rest = scope.tasks.length - rows.length
  const tables: Table[] = []
  for (let from = 0; from < scope.arms.length; from += ARMS_MAX) {
    const arms = scope.arms.slice(from, from + ARMS_MAX)
    const part = scope.arms.length <= ARMS_MAX ? '' : `, arms ${from + 1} to ${from + arms.length}`
    tables.push({
      id: from === 0 ? 'tasks' : `tasks-${from + 1}`,
      title: `Tasks and arms${part}`,
      notes: [
        ...(rest > 0
          ? [`… and ${grouped(rest)} more tasks, see trials.csv; those that differ between arms come first.`]
          : []),
        `Solved of scored trials. ▼ solved less often than in ${scope.arms[baselineArm]?.label ?? 'the baseline'}, ▲ more often. L marks trials that a limit ended, F those that failed.`,
      ],
      columns: [start('Stratum'), start('Task'), ...arms.map(arm => end(arm.label))],
      rows: rows.map(row => [
        cell(row.stratum),
        cell(row.task),
        ...row.cells.slice(from, from + ARMS_MAX).map(own => taskCell(own, row.cells[baselineArm])),
      ]),
      isGrouped: true,
    })
  }
  return tables
}

/** Few enough to read: the tasks whose arms differ, then others, in the order of the scope. */
function shownRows(rows: readonly TaskRow[], baselineArm: number): TaskRow[] {
  if (rows.length <= ROWS_MAX) return [...rows]
  const differing = new Set(rows.filter(row => hasFlip(row, baselineArm)).slice(0, ROWS_MAX))
  for (const row of rows) if (differing.size < ROWS_MAX) differing.add(row)
  return rows.filter(row => differing.has(row))
}

type TaskCell = TaskRow['cells'][number]

function hasFlip({ cells }: TaskRow, baselineArm: number): boolean {
  return cells.some(own => flipOf(own, cells[baselineArm]) !== 0)
}

/** −1 solved less often than in the baseline, 1 more often, 0 as often or not known. */
function flipOf(own: TaskCell, baseline: TaskCell | undefined): number {
  if (baseline === undefined || own.scored === 0 || baseline.scored === 0) return 0
  return Math.sign(own.solved / own.scored - baseline.solved / baseline.scored)
}

function taskCell(own: TaskCell, baseline: TaskCell | undefined): Cell {
  const { solved, scored, limited, failed } = own
  const flip = flipOf(own, baseline)
  const marks = [flip < 0 ? '▼' : flip > 0 ? '▲' : '', limited > 0 ? `${limited}L` : '', failed > 0 ? `${failed}F` : '']
  const text = [scored === 0 ? UNKNOWN : `${solved}/${scored}`, ...marks.filter(mark => mark !== '')].join(' ')
  if (scored === 0) return cell(text)
  const tone = flip < 0 ? { tone: 'bad' as const } : flip > 0 ? { tone: 'good' as const } : {}
  return cell(text, { visual: { kind: 'heat', share: solved / scored }, ...tone })
}

const FLIPS_SHOWN_MAX = 24

/** Which tasks an arm broke and which it fixed; broken ones first. */
export function flipsTable(
  { flips, unit }: Pick<ComparisonScope, 'flips' | 'unit'>,
  flipsMax = FLIPS_SHOWN_MAX,
): Table {
  const what = unit === 'model' ? 'Model' : 'Task'
  const rows = flips.flatMap(({ contrast, gained, lost }) => {
    const broken = lost.map(flip => ({ ...flip, change: cell('broken', { tone: 'bad' }) }))
    const fixed = gained.map(flip => ({ ...flip, change: cell('fixed', { tone: 'good' }) }))
    const all = [...broken, ...fixed]
    const shown = all.slice(0, flipsMax).map(({ task, baseline, other, change }) => {
      return [cell(contrast), cell(task), cell(baseline), cell(other), change]
    })
    const rest = all.length - shown.length
    if (rest === 0) return shown
    return [...shown, [cell(contrast), cell(`… ${grouped(rest)} more in compare.json`), cell(''), cell(''), cell('')]]
  })
  return {
    id: 'flips',
    title: `${what}s broken and fixed`,
    notes: [`Solved of scored trials. Without repeats one trial decides, and some changes are chance.`],
    columns: [start('Contrast'), start(what), end('Baseline'), end('Other'), start('Change')],
    rows,
    isGrouped: true,
  }
}
