import { basename, resolve } from 'node:path'
import type { Result } from '../../contracts/result.ts'
import type { LogFailure } from '../../log/log-failure.ts'
import { type ComparableRun, loadComparableRun } from '../comparison/comparable-run.ts'
import { compareRuns } from '../comparison/compare-runs.ts'
import { loadRun } from './load-run.ts'
import type { ReportDocument } from './report-document.ts'

/**
 * A run with its comparison, and with what changed since an earlier run where one is named. Nothing in it depends on
 * where the run's folder is.
 */
export async function loadDocument(runDir: string, against?: string): Promise<Result<ReportDocument, LogFailure>> {
  const loaded = await loadRun(runDir)
  if (!loaded.ok) return loaded
  const { manifest, report } = loaded.value
  const run: ComparableRun = { folder: manifest.suite.name, manifest, report }
  const document = { report, comparison: comparisonOrWhy([run]) }
  if (against === undefined) return { ok: true, value: document }
  const baseline = await loadComparableRun(against)
  if (!baseline.ok) return baseline
  const names = [against, runDir].map(dir => basename(resolve(dir))) as [string, string]
  const [before, now] = names[0] === names[1] ? [against, runDir] : names
  const pair = [
    { ...baseline.value, folder: before },
    { ...run, folder: now },
  ]
  return { ok: true, value: { ...document, baseline: comparisonOrWhy(pair) } }
}

function comparisonOrWhy(runs: readonly ComparableRun[]): ReportDocument['comparison'] {
  const compared = compareRuns(runs)
  return compared.ok ? compared.value : { missing: compared.error.message }
}
