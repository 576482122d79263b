import { type MarginTest, marginTest } from '../../statistics/equivalence.ts'
import { holm } from '../../statistics/holm.ts'
import { boundedVerdict, cheaperVerdict, type Verdict, verdictOf } from '../../statistics/verdict.ts'
import type { ContrastResult } from '../comparison/comparison.ts'
import type { ContrastSpec } from '../comparison/contrast-specs.ts'
import type { CompareMetric } from './compare-metrics.ts'
import type { Measurement } from './measure.ts'

export const ALPHA = 0.05

/** A contrast on a metric under one reading of its lost trials, with what the second gate needs. */
export interface Reading {
  measured: Measurement
  /** The same contrast on solved, under the same reading. */
  solved: Measurement
}

/** One member of a family: the reading that counts (lost trials left out), and the extremes where any was lost. */
export interface Member {
  spec: ContrastSpec
  metric: CompareMetric
  role: ContrastResult['role']
  readings: readonly [Reading, ...Reading[]]
}

export interface Judgement {
  adjustedP: number
  verdict: Verdict
  isBounded: boolean
  /** Less of it, but solved may be worse. */
  isGateClosed: boolean
}

export interface Margins {
  /** Of solved, as a share. */
  solved: number
  /** Of the primary metric where that is another one; a ratio's is a share of 1. */
  primary?: { metric: string; margin: number }
}

/** The margin that a metric is judged by, if it has one. */
export function marginOf(metric: CompareMetric, margins: Margins): number | undefined {
  if (metric.key === margins.primary?.metric) return margins.primary.margin
  return metric.unit === 'share' ? margins.solved : undefined
}

/** Adjusts the p values of a family together and finds the word of each member; in the members' order. */
export function judge(members: readonly Member[], margins: Margins): (Judgement | undefined)[] {
  const depth = Math.max(1, ...members.map(member => member.readings.length))
  const adjusted = Array.from({ length: depth }, (_, index) => adjustedOf(members, index))
  return members.map((member, position) => {
    const adjustedP = adjusted[0]?.[position]
    if (adjustedP === undefined) return undefined
    const found = member.readings.map((reading, index) => {
      return readingVerdict(member, reading, adjusted[index]?.[position], margins)
    })
    const bounded = boundedVerdict(found.map(each => each.verdict))
    const { isBounded, ...verdict } = bounded
    return { adjustedP, verdict, isBounded, isGateClosed: found[0]?.isGateClosed === true }
  })
}

/** Holm over the members that have a p value; a member without lost trials has one reading for all. */
function adjustedOf(members: readonly Member[], index: number): (number | undefined)[] {
  const known = members.flatMap((member, position) => {
    const p = (member.readings[index] ?? member.readings[0]).measured.p
    return p === undefined ? [] : [{ position, p }]
  })
  const adjusted: (number | undefined)[] = new Array(members.length).fill(undefined)
  for (const [rank, p] of holm(known.map(each => each.p)).entries()) adjusted[known[rank]?.position ?? 0] = p
  return adjusted
}

function readingVerdict(
  { metric }: Member,
  { measured, solved }: Reading,
  adjustedP: number | undefined,
  margins: Margins,
): { verdict: Verdict; isGateClosed: boolean } {
  const margin = marginOf(metric, margins)
  const test = margin === undefined ? undefined : marginTestOf(measured, metric, margin)
  const word = verdictOf({
    difference: asDifference(measured),
    adjustedP,
    better: metric.better,
    ...(test && { margins: test }),
    alpha: ALPHA,
  })
  if (!metric.needsSolvedGate) return { verdict: word, isGateClosed: false }
  const verdict = cheaperVerdict(word, notWorse(solved, margins.solved))
  return { verdict, isGateClosed: verdict.word !== word.word }
}

/** A counted difference has no standard error; the word needs its sign alone. */
function asDifference({ spread, estimate, interval, p, tasks, clusters }: Measurement) {
  if (spread !== undefined || estimate === undefined || interval === undefined || p === undefined) return spread
  return { estimate, ...interval, p, n: tasks, clusters, level: 0.95, standardError: Number.NaN, df: Number.NaN }
}

function marginTestOf(measured: Measurement, metric: CompareMetric, margin: number): MarginTest | undefined {
  if (metric.key === 'solved') return notWorse(measured, margin)
  const onScale = metric.scale === 'ratio' ? Math.log(1 + margin) : margin
  return measured.spread && marginTest(measured.spread, { margin: onScale, better: metric.better, alpha: ALPHA })
}

/** Whether solved is not worse by the margin, and equivalent. */
function notWorse({ spread, counted }: Measurement, margin: number): MarginTest | undefined {
  if (spread !== undefined) return marginTest(spread, { margin, better: 'higher', alpha: ALPHA })
  if (counted === undefined) return undefined
  const isNotWorse = counted.lower90 > -margin
  const isEquivalent = isNotWorse && counted.upper90 < margin
  return { margin, isNotWorse, isEquivalent, notWorseP: Number.NaN, equivalentP: Number.NaN }
}
