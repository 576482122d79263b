import { defined } from '../../base/defined.ts'
import { type CensoredValue, restrictedMean } from '../../statistics/estimates/restricted-mean.ts'
import { observedMinimumDetectableEffect } from '../../statistics/hypotheses/minimum-detectable-effect.ts'
import { signFlip } from '../../statistics/hypotheses/sign-flip.ts'
import { wildBootstrap } from '../../statistics/hypotheses/wild-bootstrap.ts'
import type { Grid } from '../judging/grid.ts'
import { type Judgement, type Margins, marginOf } from '../judging/judge.ts'
import type { Measurement } from '../judging/measure.ts'
import type { Observed } from '../judging/observed.ts'
import type { ContrastResult } from './comparison.ts'
import type { Draft } from './scope-drafts.ts'

const FEW_CLUSTERS = 10
/** Beyond it sign flips and t agree to all digits shown, and would take a second per contrast. */
const COMPANION_CLUSTERS_MAX = 200

interface ResultInput {
  draft: Draft
  grid: Grid
  scope: string
  stratum?: string
  judgement: Judgement | undefined
  margins: Margins
  seed: string
}

/** A draft in figures, on the footing of its metric's scale; without its verdict. */
export function resultOf(input: ResultInput): Omit<ContrastResult, 'verdict'> {
  const { draft, judgement, margins, scope } = input
  const { spec, metric, role, readings } = draft
  const { measured } = readings[0]
  const onFooting = metric.scale === 'ratio' ? Math.exp : (value: number) => value
  const { estimate, interval, p, method, tasks, clusters, pairs, leftOut, spread } = measured
  const margin = role === 'exploratory' ? undefined : marginOf(metric, margins)
  const id = [scope, ...(input.stratum === undefined ? [] : [input.stratum]), spec.name, metric.key].join(' / ')
  return {
    ...{ id, contrast: spec.name, kind: spec.kind, factor: spec.factor, other: spec.other, baseline: spec.baseline },
    ...{ metric: metric.key, scale: metric.scale, better: metric.better, tasks, clusters, pairs, leftOut },
    ...(estimate !== undefined && { estimate: onFooting(estimate) }),
    ...(interval && { interval: { lower: onFooting(interval.lower), upper: onFooting(interval.upper) } }),
    ...defined({ p }),
    ...(judgement && { adjustedP: judgement.adjustedP }),
    ...companionsOf(input, measured),
    ...(spread && { minimumDetectableEffect: detectable(spread, metric.scale) }),
    ...defined({ margin }),
    ...(method && { method }),
    role,
    ...boundsOf(input, onFooting),
    ...censoringOf(input),
    ...(spec.isPrimary &&
      role !== 'exploratory' &&
      input.stratum === undefined && { perTask: measured.values.map(({ task, value }) => ({ task, value })) }),
  }
}

function detectable(spread: NonNullable<Measurement['spread']>, scale: ContrastResult['scale']): number {
  const effect = observedMinimumDetectableEffect(spread)
  return scale === 'ratio' ? Math.exp(-effect) : effect
}

function companionsOf({ draft, seed, stratum }: ResultInput, measured: Measurement): Pick<ContrastResult, 'companion'> {
  const { values, clusters, p } = measured
  const isJudged = draft.role !== 'exploratory' && stratum === undefined
  if (!isJudged || p === undefined || values.length === 0 || clusters > COMPANION_CLUSTERS_MAX) {
    return {}
  }
  const flipped = signFlip(values, seed)
  const wild = clusters < FEW_CLUSTERS ? wildBootstrap(values, seed) : undefined
  const counted = measured.counted?.exactP
  return {
    companion: [
      ...(flipped ? [{ method: 'sign-flip' as const, p: flipped.p }] : []),
      ...(wild ? [{ method: 'wild-bootstrap' as const, p: wild.p }] : []),
      ...(counted === undefined ? [] : [{ method: 'mcnemar' as const, p: counted }]),
    ],
  }
}

function boundsOf({ draft, judgement }: ResultInput, onFooting: (value: number) => number) {
  const [, ...extremes] = draft.readings
  const estimates = extremes.flatMap(({ measured }) => (measured.estimate === undefined ? [] : [measured.estimate]))
  if (estimates.length < 2) return {}
  return {
    bounds: {
      lower: onFooting(Math.min(...estimates)),
      upper: onFooting(Math.max(...estimates)),
      changesVerdict: judgement?.isBounded ?? false,
    },
  }
}

/** Trials that a limit ended, by side; the restricted means where the metric is an amount. */
function censoringOf({ draft, grid }: ResultInput): Pick<ContrastResult, 'censored' | 'restrictedMeans'> {
  const { contrast } = draft.spec
  const { measure: how } = draft.metric
  if (!grid.hasCensored || how.kind !== 'amount' || draft.spec.kind === 'interaction') return {}
  const sides = { baseline: [] as Observed[], other: [] as Observed[] }
  for (const { players } of grid.tasks) {
    for (const arms of players.values()) {
      for (const [arm, weight] of contrast.weights) {
        for (const trial of arms.get(arm)?.scored ?? []) sides[weight > 0 ? 'other' : 'baseline'].push(trial)
      }
    }
  }
  const hits = (trials: readonly Observed[]) => trials.filter(trial => trial.isCensored).length
  const censored = { baseline: hits(sides.baseline), other: hits(sides.other) }
  if (censored.baseline + censored.other === 0) return {}
  const amounts = (trials: readonly Observed[]): CensoredValue[] =>
    trials.flatMap(trial => {
      const value = how.value(trial)
      return value === undefined ? [] : [{ value, isCensored: trial.isCensored }]
    })
  const [baseline, other] = [amounts(sides.baseline), amounts(sides.other)]
  const cap = smallest([...baseline, ...other])
  const restricted = { baseline: restrictedMean(baseline, cap), other: restrictedMean(other, cap) }
  if (cap === undefined || restricted.baseline === undefined || restricted.other === undefined) return { censored }
  return { censored, restrictedMeans: { baseline: restricted.baseline.mean, other: restricted.other.mean, cap } }
}

function smallest(values: readonly CensoredValue[]): number | undefined {
  let least: number | undefined
  for (const { value, isCensored } of values) if (isCensored) least = Math.min(least ?? value, value)
  return least
}
