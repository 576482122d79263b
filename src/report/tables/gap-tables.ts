import { plainLine } from '../../base/plain-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { Report } from '../document/report.ts'

/** What was not scored, and why; nothing for a run without such gaps. */
export function gapTables({ failures, coverage, tasksLeftOut }: Report): Table[] {
  const failed: Table = {
    id: 'failures',
    title: 'Failed trials',
    notes: [
      'The harness or the provider failed, never the model: these trials have no verdict and count neither for nor against an arm.',
    ],
    columns: [start('Cause'), end('Trials'), start('First message'), start('Example')],
    rows: failures.map(({ cause, trials, example }) => [
      cell(cause),
      cell(String(trials.length)),
      cell(plainLine(example)),
      cell(trials[0] ?? ''),
    ]),
  }
  const unreadable: Table = {
    id: 'unreadable',
    title: 'Logs that could not be read',
    notes: ['These trials are in the journal, but are not counted in any number here.'],
    columns: [start('Trial'), start('Reason')],
    rows: coverage.unreadable.map(({ trial, reason }) => [cell(trial), cell(plainLine(reason))]),
  }
  const leftOut: Table = {
    id: 'left-out',
    title: 'Tasks left out',
    notes: [],
    columns: [start('Task'), start('Reason')],
    rows: tasksLeftOut.map(({ task, reason }) => [cell(task), cell(plainLine(reason))]),
  }
  return [failed, unreadable, leftOut].filter(table => table.rows.length > 0)
}
