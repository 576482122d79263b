import type { JsonObject } from '../../contracts/json.ts'
import type { Verdict } from '../check/check-case.ts'
import type { CheckedCase } from '../check/check-unit.ts'
import type { CorpusEntry } from '../corpus/read-corpora.ts'
import { type SelectedCase, selectCases } from '../corpus/select-cases.ts'
import type { PortTool } from '../port/port-protocol.ts'

/** One of the two ports. */
export type Side = 'a' | 'b'
export const SIDES = ['a', 'b'] as const

/** One case at one version, judged for both ports. */
export interface CasePair extends Record<Side, Verdict> {
  tool: PortTool
  /** The kind of corpus. */
  kind: string
  category: string
  tags: readonly string[]
  /** The line of the corpus. */
  source: JsonObject
  selected: SelectedCase
}

/**
 * The cases that two ports can be compared by: what upstream itself does not do twice, what is out of scope and what
 * this machine cannot set up proves nothing about a port.
 */
export function pairCases(
  entries: readonly CorpusEntry[],
  profile: string | undefined,
  checks: Record<Side, readonly CheckedCase[]>,
): CasePair[] {
  const { cases } = selectCases(entries, profile === undefined ? {} : { profile })
  const a = new Map(checks.a.map(one => [keyOf(one), one.verdict]))
  const b = new Map(checks.b.map(one => [keyOf(one), one.verdict]))
  return cases.flatMap(selected => {
    const { case: one, kind, version, source } = selected
    const verdicts = { a: a.get(keyOf(selected)), b: b.get(keyOf(selected)) }
    if (verdicts.a === undefined || verdicts.b === undefined) return []
    if (one.isUnstable(version) || one.outOfScope?.(version) !== undefined) return []
    if (isBrokenCase(verdicts.a) || isBrokenCase(verdicts.b)) return []
    const { category, tags } = one
    return [{ tool: kind.tool, kind: kind.name, category, tags, source, selected, a: verdicts.a, b: verdicts.b }]
  })
}

/** Upstream's behaviour, or a listed deviation; texts can be worded differently. */
export function isPassed(verdict: Verdict): boolean {
  return isIdentical(verdict) || verdict.kind === 'text-only'
}

/** Upstream's behaviour, texts included, or what is listed as on purpose. */
export function isIdentical({ kind }: Verdict): boolean {
  return kind === 'identical' || kind === 'deviation'
}

function isBrokenCase(verdict: Verdict): boolean {
  return verdict.kind === 'error' && verdict.fault === 'broken-case'
}

function keyOf({ file, line, version = '' }: { file: string; line: number; version?: string }): string {
  return [file, line, version].join('\0')
}
