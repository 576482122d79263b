import type { PortCheck } from '../check/check-ports.ts'
import type { CheckedCase } from '../check/check-unit.ts'
import type { Difference } from '../check/compare-outcome.ts'

/** How many cases ended how. A case counts once for each version it was checked at. */
export interface CaseCounts {
  cases: number
  identical: number
  text_only: number
  behaviour: number
  deviations: number
  unstable: number
  errors: number
}

/** A case that is neither identical nor listed. */
export interface ReportedCase {
  id: string
  tool: string
  category: string
  version?: string
  file: string
  line: number
  kind: 'text_only' | 'behaviour' | 'error'
  /** For an error: how the port, or the case, failed. */
  fault?: string
  message?: string
  parts?: Difference[]
}

/** What `ports check --json` prints. */
export interface PortReport {
  summary: CaseCounts
  /** By `tool/category`; what was recorded but not checked is next to the counts. */
  by_category: Record<string, CaseCounts & { not_checked?: number }>
  differences: ReportedCase[]
}

/** Cases → counts and what differs. */
export function portReport({ cases }: PortCheck): PortReport {
  const categories = Map.groupBy(cases, ({ tool, category }) => `${tool}/${category}`)
  return {
    summary: countCases(cases),
    by_category: Object.fromEntries(
      [...categories].map(([name, members]) => {
        const notChecked = members.filter(({ verdict }) => verdict.kind === 'not-checked').length
        return [name, { ...countCases(members), ...(notChecked > 0 && { not_checked: notChecked }) }]
      }),
    ),
    differences: cases.flatMap(reported),
  }
}

export function countCases(cases: readonly CheckedCase[]): CaseCounts {
  const counts = { cases: 0, identical: 0, text_only: 0, behaviour: 0, deviations: 0, unstable: 0, errors: 0 }
  for (const { verdict } of cases) {
    const name = COUNTED_AS[verdict.kind]
    if (name === undefined) continue
    counts.cases++
    counts[name]++
  }
  return counts
}

const COUNTED_AS: Record<CheckedCase['verdict']['kind'], Exclude<keyof CaseCounts, 'cases'> | undefined> = {
  identical: 'identical',
  'text-only': 'text_only',
  behaviour: 'behaviour',
  deviation: 'deviations',
  unstable: 'unstable',
  error: 'errors',
  'not-checked': undefined,
}

function reported({ verdict, ...one }: CheckedCase): ReportedCase[] {
  switch (verdict.kind) {
    case 'text-only':
      return [{ ...one, kind: 'text_only', parts: verdict.differences }]
    case 'behaviour':
      return [{ ...one, kind: 'behaviour', parts: verdict.differences }]
    case 'error':
      return [{ ...one, kind: 'error', fault: verdict.fault, message: verdict.message }]
    default:
      return []
  }
}
