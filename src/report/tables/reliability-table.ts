import { shareText, UNKNOWN } from '../../base/number-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { ComparisonScope } from '../comparison/comparison.ts'

/** How often an arm solves a task again. */
export function reliabilityTable({ reliability }: Pick<ComparisonScope, 'reliability'>): Table {
  const isOnce = reliability.every(({ attempts }) => attempts < 2)
  const share = (value: number | undefined) => cell(value === undefined ? UNKNOWN : shareText(value))
  return {
    id: 'reliability',
    title: 'Reliability',
    notes: [
      ...(isOnce ? ['One attempt a task: nothing is known of how often an arm would solve a task again.'] : []),
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
