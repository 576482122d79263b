import { isDeepStrictEqual } from 'node:util'
import type { Verdict } from '../check/check-case.ts'
import type { Difference } from '../check/compare-outcome.ts'
import { type CasePair, isIdentical, isPassed, type Side } from './case-pairs.ts'
import type { ToolSource } from './tool-sources.ts'

/** `full`: every case it was checked for passes. `stub`: nothing passes that doing nothing would not pass too. */
export type ToolStatus = 'full' | 'partial' | 'stub' | 'missing'

/** How one port does at one tool. */
export interface ToolResult {
  status: ToolStatus
  /** Cases it could be asked for; the others are of something it does not offer. */
  checked: number
  /** Exit, result, tree and events are upstream's, or listed. */
  passed: number
  /** Texts are, too. */
  identical: number
  /** It hung, crashed, flooded, wrote outside or gave no reply. */
  errors: number
  /** Absent: its source is unknown. */
  source?: ToolSource
}

/** `needsWork` finds out whether a case needs something to be done; it is called only where that matters. */
export async function toolResultOf(
  pairs: readonly CasePair[],
  side: Side,
  { source, needsWork }: { source: ToolSource | undefined; needsWork(passed: readonly CasePair[]): Promise<boolean> },
): Promise<ToolResult> {
  const checked = pairs.filter(pair => pair[side].kind !== 'not-checked')
  const passed = checked.filter(pair => isPassed(pair[side]))
  return {
    status: await statusOf(checked, passed, needsWork),
    checked: checked.length,
    passed: passed.length,
    identical: checked.filter(pair => isIdentical(pair[side])).length,
    errors: checked.filter(pair => pair[side].kind === 'error').length,
    ...(source && checked.length > 0 && { source }),
  }
}

async function statusOf(
  checked: readonly CasePair[],
  passed: readonly CasePair[],
  needsWork: (passed: readonly CasePair[]) => Promise<boolean>,
): Promise<ToolStatus> {
  if (checked.length === 0) return 'missing'
  if (passed.length === checked.length) return 'full'
  return (await needsWork(passed)) ? 'partial' : 'stub'
}

/** How the two relate. `refactored`: other source, and byte for byte the same in every case. */
export type ToolClass = 'same' | 'refactored' | 'different' | 'missing'

export function classOf(results: Record<Side, ToolResult>, disagreements: number): ToolClass {
  const { a, b } = results
  if (a.status === 'missing' || b.status === 'missing') return 'missing'
  if (disagreements > 0) return 'different'
  return isOneSource(results) ? 'same' : 'refactored'
}

export function isOneSource({ a, b }: Record<Side, ToolResult>): boolean {
  return a.source !== undefined && a.source.digest === b.source?.digest
}

/** Whether both did the same in a case, be it upstream's way or not. */
export function doAgree({ a, b }: CasePair): boolean {
  if (a.kind === 'error' && b.kind === 'error') return a.fault === b.fault
  if (a.kind === 'not-checked' || b.kind === 'not-checked' || a.kind === 'error' || b.kind === 'error')
    return a.kind === b.kind
  return isDeepStrictEqual(observedIn(a), observedIn(b))
}

/** Differences from upstream contain what was observed; everything else is as upstream did it. */
function observedIn(verdict: Verdict): Omit<Difference, 'expected'>[] {
  const differences = 'differences' in verdict ? verdict.differences : []
  return differences.map(({ expected: _, ...observed }) => observed)
}
