import { pointsText, ratioText, UNKNOWN } from '../number-text.ts'
import { DIFFERENCE_METRICS, type Difference, type DifferenceMetric, type Scope } from '../report.ts'
import { groupBy } from '../text-order.ts'
import { type Cell, cell, end, start, type Table } from './table.ts'

const TITLES: Record<DifferenceMetric, string> = {
  solved: 'Solved',
  clauses: 'Clauses kept',
  turns: 'Turns',
  toolCalls: 'Tool calls',
  inputTokens: 'Input tokens',
  outputTokens: 'Output tokens',
  costUsd: 'Cost',
  workingMs: 'Working time',
}

/** What a change of one level goes with, on the same tasks. */
export function differenceTable(scope: Scope): Table {
  const rows = [...groupBy(scope.differences, ({ factor, level }) => JSON.stringify([factor, level])).values()]
  return {
    id: 'differences',
    title: 'Differences on the same tasks',
    notes: [
      'Each level against its factor’s baseline, paired by task and model with all other factors equal; means over tasks, in percentage points (pp) or as a ratio (×, geometric mean). Descriptive: there are no intervals here, so nothing on this page says whether a difference is more than noise.',
    ],
    columns: [
      start('Factor'),
      start('Level'),
      start('against'),
      end('Tasks', 'tasks with a value on both sides'),
      ...DIFFERENCE_METRICS.map(metric => end(TITLES[metric])),
    ],
    rows: rows.map(differences => {
      const { factor, level, baseline } = differences[0] as Difference
      const tasks = Math.max(...differences.map(difference => difference.tasks))
      const cells = DIFFERENCE_METRICS.map(metric => {
        return valueCell(
          differences.find(difference => difference.metric === metric),
          tasks,
        )
      })
      return [cell(factor), cell(level), cell(baseline), cell(String(tasks)), ...cells]
    }),
    isGrouped: true,
  }
}

function valueCell(difference: Difference | undefined, tasksOfRow: number): Cell {
  if (difference === undefined) return cell(UNKNOWN)
  const { scale, value, tasks, pairs } = difference
  const text = scale === 'difference' ? pointsText(value) : ratioText(value)
  const hint = `${tasks} tasks, ${pairs} pairs`
  const shift = scale === 'difference' ? value : Math.log2(value) / 2
  const visual = { kind: 'shift', shift: Math.max(-1, Math.min(1, shift)) } as const
  return cell(tasks === tasksOfRow ? text : `${text} (n=${tasks})`, { hint, visual })
}
