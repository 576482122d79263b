import { type MarginTest, marginTest } from '../../statistics/hypotheses/equivalence.ts'
import { holm } from '../../statistics/hypotheses/holm.ts'
import { boundedVerdict, cheaperVerdict, type Verdict, verdictOf } from '../../statistics/hypotheses/verdict.ts'
import type { ContrastResult } from '../comparison/comparison.ts'
import type { ContrastSpec } from '../comparison/contrast-specs.ts'
import { type CompareMetric, compareMetric } from './compare-metrics.ts'
import type { Measurement } from './measure.ts'

export const ALPHA = 0.05

/** A contrast on a metric under one reading of its failed trials, with what the second gate needs. */
export interface MeasuredPair {
  measured: Measurement
  /** The same contrast on solved, under the same reading. */
  solved: Measurement
}

/** One member of a family: the reading that counts (failed trials left out), and the extremes where any failed. */
export interface Member {
  spec: ContrastSpec
  metric: CompareMetric
  role: ContrastResult['role']
  readings: readonly [MeasuredPair, ...MeasuredPair[]]
}

export interface Judgement {
  adjustedP: number
  verdict: Verdict
  isBounded: boolean
  /** Uses less, but solved can be worse. */
  isGateClosed: boolean
}

export interface Margins {
  /** The margin on solved, as a share. */
  solved: number
  /** The margin on the primary metric where that is another one; for a ratio a share of 1. */
  primary?: { metric: string; margin: number }
}

/** The margin that a metric is judged by, if it has one. */
export function marginOf(metric: CompareMetric, margins: Margins): number | undefined {
  if (metric.key === margins.primary?.metric) return margins.primary.margin
  return metric.unit === 'share' ? margins.solved : undefined
}

/** Adjusts the p values of a family together and finds the verdict of each member; in the members' order. */
export function judge(members: readonly Member[], margins: Margins): (Judgement | undefined)[] {
  const adjusted = adjustedReadings(members.map(({ readings }) => readings.map(({ measured }) => measured.p)))
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

type MaybeP = number | undefined

/**
 * Holm's adjustment over all members that have a p value, in each reading of the failed trials: by reading, then by
 * member. A member without failed trials has one reading, which counts in all.
 */
export function adjustedReadings(members: readonly (readonly MaybeP[])[]): MaybeP[][] {
  const depth = Math.max(1, ...members.map(readings => readings.length))
  return Array.from({ length: depth }, (_, index) => {
    const known = members.flatMap((readings, position) => {
      const p = index < readings.length ? readings[index] : readings[0]
      return p === undefined ? [] : [{ position, p }]
    })
    const adjusted: MaybeP[] = new Array(members.length).fill(undefined)
    for (const [rank, p] of holm(known.map(each => each.p)).entries()) adjusted[known[rank]?.position ?? 0] = p
    return adjusted
  })
}

function readingVerdict(
  { metric }: Member,
  { measured, solved }: MeasuredPair,
  adjustedP: number | undefined,
  margins: Margins,
): { verdict: Verdict; isGateClosed: boolean } {
  const margin = marginOf(metric, margins)
  const onScale = margin !== undefined && metric.scale === 'ratio' ? Math.log(1 + margin) : margin
  const word = provenVerdict({ measured, metric, adjustedP, margin: onScale })
  if (!metric.needsSolvedGate) return { verdict: word, isGateClosed: false }
  const verdict = cheaperVerdict(word, testMargin(solved, SOLVED, margins.solved))
  return { verdict, isGateClosed: verdict.word !== word.word }
}

const SOLVED = compareMetric('solved') as CompareMetric

interface Evidence {
  measured: Measurement
  metric: CompareMetric
  adjustedP: number | undefined
  /** On the scale of the measurement: a share, or a logarithm. */
  margin?: number | undefined
}

/** What one measurement proves: a direction by its adjusted p, else what the margin allows to say. */
export function provenVerdict({ measured, metric, adjustedP, margin }: Evidence): Verdict {
  const test = margin === undefined ? undefined : testMargin(measured, metric, margin)
  const difference = asDifference(measured)
  return verdictOf({ difference, adjustedP, better: metric.better, ...(test && { margins: test }), alpha: ALPHA })
}

/** A counted difference has no standard error; the verdict needs its sign alone. */
function asDifference({ spread, estimate, interval, p, tasks, clusters }: Measurement) {
  if (spread !== undefined || estimate === undefined || interval === undefined || p === undefined) return spread
  return { estimate, ...interval, p, n: tasks, clusters, level: 0.95, standardError: Number.NaN, df: Number.NaN }
}

/** Whether a loss of the margin is excluded, and whether a difference of it is, either way. */
export function testMargin(
  { spread, counted }: Measurement,
  { better, key }: CompareMetric,
  margin: number,
): MarginTest | undefined {
  if (spread !== undefined) return marginTest(spread, { margin, better, alpha: ALPHA })
  if (counted === undefined || key !== 'solved') return undefined
  const isNotWorse = counted.lower90 > -margin
  const isEquivalent = isNotWorse && counted.upper90 < margin
  return { margin, isNotWorse, isEquivalent, notWorseP: Number.NaN, equivalentP: Number.NaN }
}
