import { loadComparableRun } from '../../report/comparison/comparable-run.ts'
import { compareRuns } from '../../report/comparison/compare-runs.ts'
import type { Comparison } from '../../report/comparison/comparison.ts'
import type { RowMetrics } from './trial-row.ts'

/** One pass through a run's logs: the numbers of its finished trials, and what they say. */
export interface ComparedLogs {
  numbers: { trial: string; metrics: RowMetrics }[]
  /** A comparison, or in words why there is none. */
  comparison: { kind: 'none'; why: string } | { kind: 'compared'; comparison: Comparison }
}

export async function compareRun(folder: string): Promise<ComparedLogs> {
  const loaded = await loadComparableRun(folder)
  if (!loaded.ok) return { numbers: [], comparison: { kind: 'none', why: loaded.error.message } }
  const { trials, coverage } = loaded.value.report
  const numbers: ComparedLogs['numbers'] = [
    ...trials.map(metrics => ({ trial: metrics.trialId, metrics: { kind: 'measured' as const, metrics } })),
    ...coverage.unreadable.map(({ trial, reason }) => ({ trial, metrics: { kind: 'unreadable' as const, reason } })),
  ]
  const compared = compareRuns([loaded.value])
  return {
    numbers,
    comparison: compared.ok
      ? { kind: 'compared', comparison: compared.value }
      : { kind: 'none', why: compared.error.message.replaceAll(`${folder}: `, '') },
  }
}
