import type { Manifest } from '../../contracts/manifest.ts'
import type { Result } from '../../contracts/result.ts'
import type { LogFailure } from '../../log/log-failure.ts'
import { loadRun } from '../document/load-run.ts'
import type { Report } from '../document/report.ts'

/** A run as a comparison takes it. */
export interface ComparableRun {
  folder: string
  manifest: Manifest
  report: Pick<Report, 'coverage' | 'trials' | 'imported'>
}

/** A run from its folder: its logs, or the outcomes that were imported into it. */
export async function loadComparableRun(folder: string): Promise<Result<ComparableRun, LogFailure>> {
  const run = await loadRun(folder)
  return run.ok ? { ok: true, value: { folder, ...run.value } } : run
}
