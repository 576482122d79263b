import type { Contender, ContenderName, Session } from './contender.ts'
import type { Unit } from './engine-report.ts'
import type { Candidate, InterleaveOptions, Sampled } from './interleave.ts'
import type { TrialProfile } from './trial-profile.ts'

/** A figure a row should reach, about medians. */
export type Aim =
  /** The other takes at least so many times as long as scriptbench. */
  | { kind: 'faster'; than: string; timesMin: number }
  | { kind: 'at-most'; max: number }
  /** Scriptbench takes at most so many times as long as the other. */
  | { kind: 'ratio-at-most'; to: string; timesMax: number }

/** Samples in the row's unit, by the name under which they are shown. */
export type Measured = Map<string, Sampled>

/** What a row is given to measure with. */
export interface RowContext {
  contenders: readonly ContenderName[]
  repetitions: number
  /** A session that lives as long as the row. */
  session(contender: Contender): Promise<Session>
  /** Closes something when the row is over. */
  defer(close: () => Promise<void>): void
  /** `interleave` with the defaults of a row: `repetitions` samples. */
  interleave(candidates: readonly Candidate[], options?: Partial<InterleaveOptions>): Promise<Measured>
  /** The same with a fresh process for each sample, and a number of samples of its own. */
  inFreshProcess(sample: FreshSample, samples: number): Promise<Measured>
}

/** What a fresh process can be asked to measure of one contender. */
export type FreshSample = 'cold' | 'memory-waiting' | 'memory-idle' | 'leak'

export interface Row {
  id: string
  title: string
  unit: Unit
  method: string
  /** The contenders it is about; all, unless it says otherwise. */
  contenders?: readonly ContenderName[]
  aims?: readonly Aim[]
  /** How often a trial does this. */
  perTrial?: { text: string; times(profile: TrialProfile): number }
  /** A sample that takes longer counts as a hang; well above what any contender needs. */
  turnMsMax?: number
  measure(context: RowContext): Promise<Measured>
}
