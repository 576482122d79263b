import type { TrialMetrics } from '../trial-metrics.ts'

type ColumnUnit = 'text' | 'yes/no' | 'count' | 'tokens' | 'bytes' | 'USD' | 'ms' | 'ratio'

/** One column of `trials.csv`: its name there, its field in code, and what it means. */
export interface Column {
  name: string
  key: Exclude<keyof TrialMetrics, 'custom'>
  unit: ColumnUnit
  meaning: string
  /** When the cell is empty; absent when it never is. */
  emptyWhen?: string
}
