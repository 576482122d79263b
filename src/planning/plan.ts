import type { Range } from '../matrix/range.ts'
import type { PairedDesign } from '../statistics/hypotheses/minimum-detectable-effect.ts'
import type { Effect } from './effect.ts'

/** The metrics that are planned for. Solved is compared as a difference, the others as a ratio. */
export const PLANNED_METRICS = ['solved', 'turns', 'inputTokens'] as const
export type PlannedMetric = (typeof PLANNED_METRICS)[number]

/** Two levels of a factor: the comparison that a run is planned for. */
export interface PlannedContrast {
  name: string
  factor: string
  other: string
  baseline: string
}

/** What decides the precision on one metric, and where those figures come from. */
export interface MetricDesign extends Required<PairedDesign> {
  /** `split-assumed`: the pilot's total variance, but with one trial a task its parts are assumed. */
  source: 'pilot' | 'split-assumed' | 'assumed'
}

export type Designs = Record<PlannedMetric, MetricDesign>

/** Smallest effect with a good chance to be detected: a difference of shares, or a ratio below 1. */
export type Detectable = Record<PlannedMetric, number>

/** What a run of some size costs. Absent is not known, never nothing. */
export interface Spend {
  costUsd?: Range
  durationMs?: number
}

export interface PlannedSize extends Spend {
  tasks: number
  repeats: number
  trials: number
  detectable: Detectable
}

/** What is known of money and time before the run. */
export interface SpendBasis {
  /** Cost and time of one task, once in every arm with every model. */
  unit: { costUsd?: Range; wallMs?: number }
  cost: 'pilot' | 'forecast' | 'mixed' | 'nothing-billed' | 'unknown'
  unpriced: string[]
  untimed: string[]
}

/** One way to find the effect that was asked for. */
export interface NeededSize extends Spend {
  metric: PlannedMetric
  tasks: number
  repeats: number
  trials: number
}

export interface Needed {
  effect: Effect
  /** Tasks for several numbers of repeats. */
  byRepeats: NeededSize[]
  /** With the suite's own tasks; absent where no number of repeats is enough. */
  withTheseTasks?: NeededSize
  isPlanEnough: boolean
}

export interface BudgetPlan {
  budgetUsd: number
  /** What fits, for several numbers of repeats; none where not even two tasks fit, or no price is known. */
  options: PlannedSize[]
  best?: PlannedSize
  why?: 'cost-unknown' | 'too-small' | 'nothing-billed'
}

/** Everything that can be said of a run before anything is spent. */
export interface Plan {
  planVersion: 1
  suite: string
  size: { tasks: number; clusters: number; arms: number; models: string[]; repeats: number; trials: number }
  power: number
  alpha: number
  concurrency: number
  /** Absent: one arm only, nothing to compare. */
  contrast?: PlannedContrast
  /** Trials of a task on each side of the contrast, over the levels of other factors. */
  trialsPerSide: number
  designs: Designs
  spend: SpendBasis
  planned: PlannedSize
  /** The same tasks with other numbers of repeats. */
  otherRepeats: PlannedSize[]
  /** Repeats at which a dollar buys most precision, where further tasks could be had. */
  repeatsOptimal: number
  needed?: Needed
  budget?: BudgetPlan
  pilot?: { tasks: number; repeats: number; players: string[]; trials: number }
  warnings: string[]
}
