import type { DifferenceEstimate } from '../estimates/paired-difference.ts'
import { normalQuantile, studentQuantile } from '../numbers/distributions.ts'

export interface PowerTarget {
  /** Two-sided. */
  alpha?: number
  power?: number
}

/** What a comparison of this precision finds with the given power: (t_{1−α/2} + t_{power})·SE. */
export function observedMinimumDetectableEffect(
  { standardError, df }: Pick<DifferenceEstimate, 'standardError' | 'df'>,
  { alpha = 0.05, power = 0.8 }: PowerTarget = {},
): number {
  return (studentQuantile(1 - alpha / 2, df) + studentQuantile(power, df)) * standardError
}

/** What decides the precision of a paired comparison before it is run. Variances of one trial's score. */
export interface PairedDesign {
  /** ω²: variance of the true task differences. */
  effectVariance: number
  /** σ² of the baseline and of the other arm, within a task. */
  noiseBaseline: number
  noiseOther: number
  /** 1 + (mean cluster size − 1)·ICC of the differences. */
  designEffect?: number
}

/** Variance of one task's difference with K trials an arm: ω² + σ_A²/K + σ_B²/K, times the design effect. */
function taskVariance(design: PairedDesign, trials: number): number {
  const { effectVariance, noiseBaseline, noiseOther, designEffect = 1 } = design
  return designEffect * (effectVariance + (noiseBaseline + noiseOther) / trials)
}

function zSum({ alpha = 0.05, power = 0.8 }: PowerTarget): number {
  return normalQuantile(1 - alpha / 2) + normalQuantile(power)
}

/** δ = (z_{1−α/2} + z_{power})·√(variance/n) (Miller 2024, §5). */
export function plannedMinimumDetectableEffect(
  design: PairedDesign,
  { tasks, trials, ...target }: { tasks: number; trials: number } & PowerTarget,
): number {
  return zSum(target) * Math.sqrt(taskVariance(design, trials) / tasks)
}

/** n = (z_{1−α/2} + z_{power})²·variance/δ², rounded up. */
export function tasksNeeded(
  design: PairedDesign,
  { effect, trials, ...target }: { effect: number; trials: number } & PowerTarget,
): number {
  return Math.ceil((zSum(target) ** 2 * taskVariance(design, trials)) / effect ** 2)
}

/** Trials an arm that tasks of a fixed number need; `undefined` when no number of trials is enough. */
export function trialsNeeded(
  design: PairedDesign,
  { effect, tasks, ...target }: { effect: number; tasks: number } & PowerTarget,
): number | undefined {
  const { effectVariance, noiseBaseline, noiseOther, designEffect = 1 } = design
  const left = (tasks * effect ** 2) / (zSum(target) ** 2 * designEffect) - effectVariance
  return left <= 0 ? undefined : Math.max(1, Math.ceil((noiseBaseline + noiseOther) / left))
}
