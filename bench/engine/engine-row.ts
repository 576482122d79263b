import type { Candidate, InterleaveOptions } from '../measuring/interleave.ts'
import type { Measured, Row } from '../measuring/row.ts'
import type { Contender, ContenderName, Session } from './contender.ts'

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

/** A row about the script engine and its peers. */
export interface EngineRow extends Row {
  /** The contenders it is about; all, unless it says otherwise. */
  contenders?: readonly ContenderName[]
  /** A sample that takes longer counts as a hang; well above what any contender needs. */
  turnMsMax?: number
  measure(context: RowContext): Promise<Measured>
}
