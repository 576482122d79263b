import { shareText, UNKNOWN } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ComparisonScope } from '../comparison/comparison.ts'
import type { ArmSummary, Scope } from '../document/report.ts'
import {
  clausesCell,
  countCell,
  durationCell,
  failedCell,
  overheadCell,
  partCell,
  solvedBarCell,
  solvedCell,
  tokensCell,
  usdCell,
} from './arm-cells.ts'

/** What each arm achieved and what it took. */
export function armTable(scope: Scope): Table {
  return {
    id: 'arms',
    title: 'Arms',
    notes: [
      'Solved and clauses count scored trials; a trial that a limit ended counts as not solved and is also counted separately. Failed trials (the harness’s or the provider’s fault, never the model’s) are not scored; the range is what solved would be if all of them were unsolved, or all solved.',
      'Turns, calls, tokens, cost and time are means over all scored trials, unsolved ones included: read them together with solved, since giving up early is cheap. Input is fresh + read from cache + written to cache. ≈ is a tokenizer’s estimate, – is not known.',
    ],
    columns: [
      start('Arm'),
      end('Solved'),
      end('Limited'),
      end('Failed'),
      end('Clauses kept'),
      end('Turns'),
      end('Tool calls'),
      end('Input tokens'),
      end('Output tokens'),
      end('Cost'),
      end('Working time'),
    ],
    rows: scope.arms.map(arm => [
      cell(arm.label),
      solvedBarCell(arm),
      cell(String(arm.limited)),
      failedCell(arm),
      clausesCell(arm),
      countCell(arm, 'turns'),
      countCell(arm, 'toolCalls'),
      tokensCell(arm, 'inputTokens'),
      tokensCell(arm, 'outputTokens'),
      usdCell(arm, 'costUsd'),
      durationCell(arm, 'workingMs'),
    ]),
  }
}

/** The arms by their counts alone: for comparisons, and for outcomes that were measured elsewhere. */
export function comparedArmTable({ arms, unit }: Pick<ComparisonScope, 'arms' | 'unit'>): Table {
  return {
    id: 'compared-arms',
    title: 'Arms',
    notes: ['Counts only. Contrasts show turns, tokens, cost and time, as far as they were measured.'],
    columns: [start('Arm'), end(unit === 'task' ? 'Tasks' : 'Models'), end('Scored'), end('Failed'), end('Limited')],
    rows: arms.map(({ name, tasks, scored, lost, limited }) => [
      cell(name),
      ...[tasks, scored, lost, limited].map(count => cell(String(count))),
    ]),
  }
}

/** How often an arm solves a task again. */
export function reliabilityTable({ reliability }: Pick<ComparisonScope, 'reliability'>): Table {
  const isOnce = reliability.every(({ attempts }) => attempts < 2)
  const share = (value: number | undefined) => cell(value === undefined ? UNKNOWN : shareText(value))
  return {
    id: 'reliability',
    title: 'Reliability',
    notes: [
      ...(isOnce ? ['One attempt per task: how often an arm would solve a task again is unknown.'] : []),
      'pass@k: solved at least once in k attempts; pass^k: solved in all of them; unbiased means over tasks.',
    ],
    columns: [
      start('Arm'),
      start('Tasks solved always, sometimes, never'),
      end('k'),
      end('pass@k'),
      end('pass^k'),
      end('Always'),
      end('Sometimes'),
      end('Never'),
    ],
    rows: reliability.map(({ arm, attempts, passAtK, passHatK, always, sometimes, never }) => {
      const tasks = always + sometimes + never
      const shares = tasks === 0 ? [0, 0, 0] : [always / tasks, sometimes / tasks, never / tasks]
      return [
        cell(arm),
        cell('', { visual: { kind: 'parts', shares } }),
        cell(String(attempts)),
        share(passAtK),
        share(passHatK),
        cell(String(always)),
        cell(String(sometimes)),
        cell(String(never)),
      ]
    }),
    legend: ['always', 'sometimes', 'never'],
  }
}

/** The arms by how many calls their tasks need per look. */
export function strataTable(scope: Scope): Table {
  return {
    id: 'strata',
    title: 'By stratum',
    notes: ['The same metrics by how many tool calls a task needs per look (a point where a result must be judged).'],
    columns: [
      start('Stratum'),
      start('Arm'),
      end('Solved'),
      end('Limited'),
      end('Failed'),
      end('Clauses kept'),
      end('Turns'),
      end('Input tokens'),
      end('Output tokens'),
      end('Cost'),
      end('Failed scripts'),
      end('Failed calls'),
      end('Script sandbox'),
    ],
    rows: scope.strata.flatMap(({ stratum, arms }) => arms.map(arm => rowOf(stratum, arm))),
    isGrouped: true,
  }
}

function rowOf(stratum: string, arm: ArmSummary): Cell[] {
  const { totals } = arm
  return [
    cell(stratum),
    cell(arm.label),
    solvedCell(arm),
    cell(String(arm.limited)),
    failedCell(arm),
    clausesCell(arm),
    countCell(arm, 'turns'),
    tokensCell(arm, 'inputTokens'),
    tokensCell(arm, 'outputTokens'),
    usdCell(arm, 'costUsd'),
    partCell(totals.scriptFailures, totals.scripts),
    partCell(totals.errorsTool, totals.toolCalls),
    overheadCell(arm, 'scriptSandboxMs'),
  ]
}
