import { HOLE_READINGS } from '../../statistics/estimates/missing-bounds.ts'
import { observedMinimumDetectableEffect } from '../../statistics/hypotheses/minimum-detectable-effect.ts'
import { type CompareMetric, compareMetric } from '../judging/compare-metrics.ts'
import { adjustedReadings, provenVerdict, testMargin } from '../judging/judge.ts'
import { type Measurement, measure } from '../judging/measure.ts'
import { gateGrid, RUN_AGAINST_BASELINE } from './gate-grid.ts'
import type { GateGroup } from './gate-groups.ts'
import { type GatePolicy, type MetricGate, metricGates } from './gate-policy.ts'
import type { CheckOutcome, OpenReason } from './gate-result.ts'

/** From so many tasks on, all of them having changed by exactly the same is taken as what it is. */
const SAME_TASKS_MIN = 20

/** One metric of one arm and model, measured; with the extremes for failed trials where there were any. */
export interface JudgedCheck {
  group: GateGroup
  gate: MetricGate
  metric: CompareMetric
  measured: Measurement
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
  readings: [Measurement, ...Measurement[]]
}

/** Every check with its outcome. Holm adjusts over all of them together, in each reading of the failed trials. */
export function judgeGroups(groups: readonly GateGroup[], policy: GatePolicy): JudgedCheck[] {
  const drafts = groups.flatMap(group => draftsOf(group, policy))
  const adjusted = adjustedReadings(drafts.map(({ readings }) => readings.map(({ p }) => p)))
  return drafts.map((draft, position) => judged(draft, policy, index => adjusted[index]?.[position]))
}

function draftsOf(group: GateGroup, policy: GatePolicy): Draft[] {
  const [dropped, ...extremes] = HOLE_READINGS
  const grid = gateGrid(group.tasks)
  const isLost = group.tasks.some(({ lost }) => lost.baseline + lost.run > 0)
  return metricGates(policy).map(gate => {
    const metric = compareMetric(gate.metric) as CompareMetric
    const read = (reading: (typeof HOLE_READINGS)[number]) => measure(grid, RUN_AGAINST_BASELINE, metric, reading)
    return { group, gate, metric, readings: [read(dropped), ...(isLost ? extremes.map(read) : [])] }
  })
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
  measured: Measurement
  gate: MetricGate
  metric: CompareMetric
  policy: GatePolicy
  p: number | undefined
}

function wordOf({ measured, gate, metric, policy, p }: WordInput): Word {
  const { word } = provenVerdict({ measured, metric, adjustedP: p })
  const proven = { isWorse: word === 'worse', isBetter: word === 'better' }
  const isPassed = gate.kind === 'margin' ? isNotWorse(measured, metric, gate.limit) : isFound(measured, gate, policy)
  if (isPassed && (gate.kind === 'margin' || !proven.isWorse)) return { outcome: 'pass', ...proven }
  if (proven.isWorse) return { outcome: 'regression', ...proven }
  const why = p === undefined ? 'too-little-data' : gate.kind === 'margin' ? 'margin' : 'underpowered'
  return { outcome: 'inconclusive', why, ...proven }
}

/** Whether an effect of the policy's size had the policy's chance to be detected. */
function isFound({ spread }: Measurement, { limit }: MetricGate, { power }: GatePolicy): boolean {
  return spread !== undefined && observedMinimumDetectableEffect(spread, { power }) <= limit
}

function isNotWorse(measured: Measurement, metric: CompareMetric, margin: number): boolean {
  const tested = testMargin(measured, metric, margin)
  if (tested !== undefined) return tested.isNotWorse
  const { estimate, tasks } = measured
  if (metric.key === 'solved' || estimate === undefined || tasks < SAME_TASKS_MIN) return false
  return metric.better === 'higher' ? estimate > -margin : estimate < margin
}
