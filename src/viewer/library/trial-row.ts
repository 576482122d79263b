import type { TrialDescriptor } from '../../contracts/events.ts'
import type { Outcome } from '../../contracts/trial.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'

/** What a trial's numbers are: there, not read yet, or not to be had. */
export type RowMetrics =
  | { kind: 'measured'; metrics: TrialMetrics }
  | { kind: 'waiting' }
  | { kind: 'unreadable'; reason: string }

/** `running` and `interrupted` trials have no end in the journal. */
export type RowOutcome = Outcome['kind'] | 'running' | 'interrupted'

/** One trial of a run, as a list shows it. */
export interface TrialRow {
  id: string
  /** Absent where the log's first line cannot be read. */
  trial?: TrialDescriptor
  outcome: RowOutcome
  /** Which limit, or why it failed. */
  detail?: string
  numbers: RowMetrics
  /** Higher than that of every earlier change in the run. */
  revision: number
}
