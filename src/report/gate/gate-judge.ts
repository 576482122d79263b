import { marginTest } from '../../statistics/equivalence.ts'
import { holm } from '../../statistics/holm.ts'
import { observedMinimumDetectableEffect } from '../../statistics/minimum-detectable-effect.ts'
import { HOLE_READINGS } from '../../statistics/missing-bounds.ts'
import { type CompareMetric, compareMetric } from '../judging/compare-metrics.ts'
import type { GateGroup } from './gate-groups.ts'
import { type GateMeasurement, measureGate } from './gate-measure.ts'
import { type GatePolicy, type MetricGate, metricGates } from './gate-policy.ts'
import type { CheckOutcome, OpenReason } from './gate-result.ts'

const ALPHA = 0.05
/** From so many tasks on, all of them having changed by exactly the same is taken as what it is. */
const SAME_TASKS_MIN = 20

/** One metric of one arm and model, measured; with the extremes for lost trials where there were any. */
export interface JudgedCheck {
  group: GateGroup
  gate: MetricGate
  metric: CompareMetric
  measured: GateMeasurement
  adjustedP: number | undefined
  outcome: CheckOutcome
  why: OpenReason | undefined
  isWorseProven: boolean
  isBetterProven: boolean
  minimumDetectableEffect: number | undefined
}

interface Draft {
  group: GateGroup
  gate: MetricGate
  metric: CompareMetric
  readings: [GateMeasurement, ...GateMeasurement[]]
}

/** Every check with its word. Holm adjusts over all of them together, in each reading of the lost trials. */
export function judgeGroups(groups: readonly GateGroup[], policy: GatePolicy): JudgedCheck[] {
  const drafts = groups.flatMap(group => metricGates(policy).map(gate => draftOf(group, gate)))
  const adjusted = HOLE_READINGS.map((_, index) => adjustedOf(drafts, index))
  return drafts.map((draft, position) => judged(draft, policy, index => adjusted[index]?.[position]))
}

function draftOf(group: GateGroup, gate: MetricGate): Draft {
  const [dropped, ...extremes] = HOLE_READINGS
  const isLost = group.tasks.some(({ lost }) => lost.baseline + lost.run > 0)
  const measure = (reading: (typeof HOLE_READINGS)[number]) => measureGate(group.tasks, gate.metric, reading)
  return {
    ...{ group, gate, metric: compareMetric(gate.metric) as CompareMetric },
    readings: [measure(dropped), ...(isLost ? extremes.map(measure) : [])],
  }
}

function adjustedOf(drafts: readonly Draft[], index: number): (number | undefined)[] {
  const known = drafts.flatMap(({ readings }, position) => {
    const { counted, spread } = readings[index] ?? readings[0]
    const p = spread?.p ?? counted?.p
    return p === undefined ? [] : [{ position, p }]
  })
  const adjusted: (number | undefined)[] = new Array(drafts.length).fill(undefined)
  for (const [rank, p] of holm(known.map(each => each.p)).entries()) adjusted[known[rank]?.position ?? 0] = p
  return adjusted
}

function judged(draft: Draft, policy: GatePolicy, adjustedAt: (reading: number) => number | undefined): JudgedCheck {
  const { group, gate, metric, readings } = draft
  const words = readings.map((measured, index) => wordOf({ measured, gate, metric, policy, p: adjustedAt(index) }))
  const [word] = words as [Word, ...Word[]]
  const [measured] = readings
  const isOpenBy = openReason(draft, words, policy)
  return {
    ...{ group, gate, metric, measured, adjustedP: adjustedAt(0) },
    outcome: isOpenBy === undefined ? word.outcome : 'inconclusive',
    why: isOpenBy ?? word.why,
    ...{ isWorseProven: word.isWorse, isBetterProven: word.isBetter },
    minimumDetectableEffect:
      measured.spread && observedMinimumDetectableEffect(measured.spread, { power: policy.power }),
  }
}

/** What takes a word away again. */
function openReason({ group, readings }: Draft, words: readonly Word[], policy: GatePolicy): OpenReason | undefined {
  if (!group.isInRun) return 'missing'
  const [word] = words
  if (words.some(other => other.outcome !== word?.outcome)) return 'lost-trials'
  const isEnough = readings[0].tasks >= policy.tasksShareMin * group.tasksExpected
  return word?.outcome === 'pass' && !isEnough ? 'few-tasks' : undefined
}

interface Word {
  outcome: CheckOutcome
  why?: OpenReason
  isWorse: boolean
  isBetter: boolean
}

interface WordInput {
  measured: GateMeasurement
  gate: MetricGate
  metric: CompareMetric
  policy: GatePolicy
  p: number | undefined
}

function wordOf({ measured, gate, metric, policy, p }: WordInput): Word {
  const { estimate, spread } = measured
  const isSure = p !== undefined && p < ALPHA && estimate !== undefined
  const isHigher = (estimate ?? 0) > 0
  const isGood = isHigher === (metric.better === 'higher')
  const proven = { isWorse: isSure && !isGood, isBetter: isSure && isGood }
  const isPassed =
    gate.kind === 'margin'
      ? isNotWorse(measured, metric, gate.limit)
      : spread !== undefined &&
        !proven.isWorse &&
        observedMinimumDetectableEffect(spread, { power: policy.power }) <= gate.limit
  if (isPassed) return { outcome: 'pass', ...proven }
  if (proven.isWorse) return { outcome: 'regression', ...proven }
  const hasP = p !== undefined
  const why = !hasP ? 'too-little-data' : gate.kind === 'margin' ? 'margin' : 'underpowered'
  return { outcome: 'inconclusive', why, ...proven }
}

function isNotWorse({ counted, estimate, spread, tasks }: GateMeasurement, metric: CompareMetric, margin: number) {
  if (spread !== undefined) return marginTest(spread, { margin, better: metric.better, alpha: ALPHA }).isNotWorse
  if (counted !== undefined) return counted.lower90 > -margin
  if (metric.key === 'solved' || estimate === undefined || tasks < SAME_TASKS_MIN) return false
  return metric.better === 'higher' ? estimate > -margin : estimate < margin
}
