import { distinct } from '../../base/lists.ts'
import { amountText, grouped, rateText, UNKNOWN } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ArmDetails, Count } from '../document/details/details.ts'
import type { ArmSummary, Scope } from '../document/report.ts'
import type { ScopeView } from '../document/report-document.ts'
import { partCell } from './arm-cells.ts'

/** Mistakes, each over what it can be divided by. */
export function errorTable(scope: Scope): Table {
  return {
    id: 'errors',
    title: 'Errors',
    notes: [
      'Of scored trials. Protocol: replies or calls that could not be read. Handled: failed calls inside a script that itself succeeded. Repair turns follow a protocol error or a failed script. Partial effects: writes that were done when their script failed.',
    ],
    columns: [
      start('Arm'),
      end('Protocol', 'per trial'),
      end('Failed scripts', 'of all scripts'),
      end('Failed calls', 'of all tool calls'),
      end('of these handled', 'inside a script that succeeded'),
      end('Provider', 'of all requests'),
      end('Repair turns', 'of all turns'),
      end('Repair tokens', 'in all'),
      end('Lenient repairs', 'per trial'),
      end('Partial effects', 'in all'),
    ],
    rows: scope.arms.map(({ label, totals, scored, repairTokens }) => [
      cell(label),
      cell(rateText(totals.errorsProtocol, scored)),
      partCell(totals.scriptFailures, totals.scripts),
      partCell(totals.errorsTool, totals.toolCalls),
      partCell(totals.errorsToolHandled, totals.scripts === 0 ? 0 : totals.errorsTool),
      partCell(totals.errorsProvider, totals.requests),
      partCell(totals.repairTurns, totals.turns),
      cell(amountText(repairTokens)),
      cell(rateText(totals.lenientRepairs, scored)),
      cell(String(totals.partialEffects)),
    ]),
  }
}

const KINDS = [
  { title: 'Failed scripts, of all scripts', of: 'scripts', errors: 'scriptErrors' },
  { title: 'Unreadable replies, of all requests', of: 'requests', errors: 'protocolErrors' },
  { title: 'Failed calls, of all tool calls', of: 'toolCalls', errors: 'toolErrors' },
] as const

/** Which mistakes were made, each over what it is a part of. One column per arm. */
export function errorClassTable({ scope, details }: Pick<ScopeView, 'scope' | 'details'>): Table {
  return {
    id: 'error-classes',
    title: 'Error classes',
    notes: [
      'Of scored trials. Only classes that occurred have a row; an arm without any such event or occasion shows –.',
    ],
    columns: [start('Kind'), start('Class'), ...scope.arms.map(arm => end(arm.label))],
    rows: KINDS.flatMap(({ title, of, errors }) => {
      const classes = distinct(details.arms.flatMap(arm => arm[errors].map(({ name }) => name)))
      const total = (name: string) => details.arms.reduce((sum, arm) => sum + countOf(arm[errors], name), 0)
      const ordered = classes.sort((left, right) => total(right) - total(left) || (left < right ? -1 : 1))
      return ordered.map((name): Cell[] => [
        cell(title),
        cell(name),
        ...details.arms.map((arm, index) => countCell(arm[errors], name, (scope.arms[index] as ArmSummary).totals[of])),
      ])
    }),
    isGrouped: true,
  }
}

function countOf(counts: readonly Count[], name: string): number {
  return counts.find(count => count.name === name)?.count ?? 0
}

function countCell(counts: ArmDetails['toolErrors'], name: string, of: number): Cell {
  return partCell(countOf(counts, name), of)
}

/** Trials that a limit ended, and how often a person would have been asked. */
export function limitTable({ scope, details }: Pick<ScopeView, 'scope' | 'details'>): Table {
  return {
    id: 'limits',
    title: 'Limits and approvals',
    notes: [
      'A trial that a limit ended counts as not solved, and its turns, tokens and time are at least what they are. Approvals are calls that a person would have had to approve under the run’s policy; under the policy “never” there are none.',
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
