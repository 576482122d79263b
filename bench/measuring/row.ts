import type { Sampled } from './interleave.ts'
import type { Unit } from './row-result.ts'
import type { TrialProfile } from './trial-profile.ts'

/** A figure a row should reach, about medians. */
export type Aim =
  /** The other takes at least this many times as long as scriptbench. */
  | { kind: 'faster'; than: string; timesMin: number }
  | { kind: 'at-most'; max: number }
  /** Scriptbench takes at most this many times as long as the other. */
  | { kind: 'ratio-at-most'; to: string; timesMax: number }

/** Samples in the row's unit, by the name under which they are shown. */
export type Measured = Map<string, Sampled>

/** One comparison: what is measured, in which unit, and what it should come to. */
export interface Row {
  id: string
  title: string
  unit: Unit
  method: string
  aims?: readonly Aim[]
  /** How often a trial does this. */
  perTrial?: { text: string; times(profile: TrialProfile): number }
}
