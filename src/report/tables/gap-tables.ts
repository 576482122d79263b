import { plainLine } from '../../base/plain-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import type { Report } from '../document/report.ts'

/** What was not scored, and why; nothing for a run without such gaps. */
export function gapTables({ failures, coverage, tasksLeftOut }: Report): Table[] {
  const failed: Table = {
    id: 'failures',
    title: 'Infrastructure failures',
    notes: ['These trials have no verdict and count neither for nor against an arm.'],
    columns: [start('Cause'), end('Trials'), start('First message'), start('For example')],
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
    notes: ['These trials are in the journal but in no number on this page.'],
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
