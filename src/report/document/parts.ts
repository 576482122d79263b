import type { Table } from '../../base/table.ts'
import { againstBaseline } from '../judging/against-baseline.ts'
import { baselineTable } from '../tables/decision-tables.ts'
import type { ReportDocument } from './report-document.ts'

/** The parts of a report, in the order of every format: what to do first, then why, then what is missing and how. */
export const REPORT_PARTS = ['head', 'notices', 'decision', 'facts', 'scopes', 'gaps', 'method'] as const
export type ReportPart = (typeof REPORT_PARTS)[number]

/** How a format draws each part; nothing for one that it leaves out. */
export type PartWriters<T> = Record<ReportPart, () => readonly T[]>

export function partsInOrder<T>(writers: PartWriters<T>, parts: readonly ReportPart[] = REPORT_PARTS): T[] {
  return parts.flatMap(part => writers[part]())
}

/** Why there is no decision, or no comparison with the baseline. */
export function missingDecisions({ comparison, baseline }: ReportDocument): string[] {
  const decision = 'missing' in comparison ? [`No decision: ${comparison.missing}.`] : []
  if (baseline === undefined) return decision
  if ('missing' in baseline) return [...decision, `No comparison with the baseline: ${baseline.missing}.`]
  const isEmpty = againstBaseline(baseline).length === 0
  return isEmpty ? [...decision, 'No comparison with the baseline: no model played in both runs.'] : decision
}

/** What changed since the baseline; nothing where none was named or nothing can be compared. */
export function baselineTables({ baseline }: ReportDocument): Table[] {
  if (baseline === undefined || 'missing' in baseline) return []
  return [baselineTable(againstBaseline(baseline))].filter(({ rows }) => rows.length > 0)
}
