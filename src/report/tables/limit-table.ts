import { grouped, rateText, UNKNOWN } from '../../base/number-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { Count } from '../document/details/details.ts'
import type { ArmSummary } from '../document/report.ts'
import type { ScopeView } from '../document/report-document.ts'
import { partCell } from './arm-cells.ts'

/** Trials that a limit ended, and how often a person would have been asked. */
export function limitTable({ scope, details }: Pick<ScopeView, 'scope' | 'details'>): Table {
  return {
    id: 'limits',
    title: 'Limits and approvals',
    notes: [
      'A trial that a limit ended counts as not solved, and its turns, tokens and time are at least what they are. Approvals are calls for which a person would have been asked under the run’s policy; none are asked under the policy “never”.',
    ],
    columns: [
      start('Arm'),
      end('Ended by a limit', 'of scored trials'),
      start('which'),
      end('Approvals', 'in all'),
      end('per trial'),
      start('for'),
    ],
    rows: details.arms.map(({ label, limits, approvals }, index) => {
      const { limited, scored, totals } = scope.arms[index] as ArmSummary
      return [
        cell(label),
        partCell(limited, scored),
        cell(listOf(limits)),
        cell(grouped(totals.approvalsAsked)),
        cell(rateText(totals.approvalsAsked, scored)),
        cell(listOf(approvals)),
      ]
    }),
  }
}

function listOf(counts: readonly Count[]): string {
  return counts.length === 0 ? UNKNOWN : counts.map(({ name, count }) => `${name} ${grouped(count)}`).join(', ')
}
