import type { Comparison, ComparisonScope } from '../comparison/comparison.ts'
import { type Decision, decide } from '../judging/decide.ts'
import type { ScopeDetails } from './details/details.ts'
import type { Report, Scope } from './report.ts'

/** All that the documents of a run say. */
export interface ReportDocument {
  report: Report
  /** Or why there is none. */
  comparison: Comparison | { missing: string }
  /** The run against an earlier one, or why that is not possible; absent when none was named. */
  baseline?: Comparison | { missing: string }
}

/** One scope with everything known about it. */
export interface ScopeView {
  scope: Scope
  details: ScopeDetails
  /** Place of the arm that has every factor’s baseline; the first where no arm has. */
  baselineArm: number
  compared?: ComparisonScope
  decision?: Decision
}

/** A scope of a comparison alone, without the trials behind it. */
export function comparedView(compared: ComparisonScope, comparison: Comparison): ScopeView {
  const { name, kinds, isEvidence } = compared
  const scope: Scope = { name, kinds, isEvidence, arms: [], strata: [], tasks: [] }
  return { scope, details: NO_DETAILS, baselineArm: 0, compared, decision: decide(compared, comparison) }
}

export function comparisonOf({ comparison }: ReportDocument): Comparison | undefined {
  return 'missing' in comparison ? undefined : comparison
}

export function scopeViews(document: ReportDocument): ScopeView[] {
  const { scopes, details, factors } = document.report
  const comparison = comparisonOf(document)
  if (document.report.imported !== undefined && comparison !== undefined)
    return comparison.scopes.map(compared => comparedView(compared, comparison))
  return scopes.map((scope, index) => {
    const compared = comparison?.scopes.find(({ name }) => name === scope.name)
    const isBaseline = ({ levels }: Scope['arms'][number]) =>
      factors.every(({ name, baseline }) => levels[name] === baseline)
    return {
      scope,
      details: details[index] ?? NO_DETAILS,
      baselineArm: Math.max(0, scope.arms.findIndex(isBaseline)),
      ...(comparison !== undefined && compared !== undefined && { compared, decision: decide(compared, comparison) }),
    }
  })
}

const NO_DETAILS: ScopeDetails = { arms: [], examples: [], examplesLeftOut: 0, unpricedModels: [] }
