import { errorText } from '../../base/error-text.ts'
import { compareText, groupBy } from '../../base/lists.ts'
import type { JournalEntry, Manifest } from '../../contracts/manifest.ts'
import type { Result } from '../../contracts/result.ts'
import { type Journal, readJournal } from '../../log/journal.ts'
import type { LogFailure } from '../../log/log-failure.ts'
import { readManifest } from '../../log/manifest.ts'
import { readTrialLog } from '../../log/read-trial-log.ts'
import { runFiles } from '../../log/run-files.ts'
import { measureTrial } from '../../metrics/measure-trial.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import { readImported } from '../imports/imported-file.ts'
import { importedFacts } from '../imports/load-imported.ts'
import { factorsOfRun, levelsKey, playerOf } from './arms.ts'
import { type DetailsCollector, detailsCollector } from './details/details-collector.ts'
import type { Coverage, FailureGroup, Report } from './report.ts'
import { playersOf, scopesOf } from './scopes.ts'
import { isScored } from './summarise-arm.ts'

export interface LoadedRun {
  manifest: Manifest
  report: Report
}

/** A run's facts, from its manifest, its journal and its logs alone. The same logs give the same report. */
export async function loadRun(runDir: string): Promise<Result<LoadedRun, LogFailure>> {
  const manifest = await readManifest(runFiles(runDir).manifest)
  if (!manifest.ok) return manifest
  const report = await loadReport(runDir, manifest.value)
  return report.ok ? { ok: true, value: { manifest: manifest.value, report: report.value } } : report
}

async function loadReport(runDir: string, manifest: Manifest): Promise<Result<Report, LogFailure>> {
  const files = runFiles(runDir)
  const journal = await readJournal(files.journal)
  if (!journal.ok) return journal
  if (manifest.imported !== undefined) return importedReport(runDir, manifest)
  const trials: TrialMetrics[] = []
  const unreadable: Coverage['unreadable'] = []
  const details = detailsCollector()
  for (const trial of [...journal.value.entries.keys()].sort(compareText)) {
    const measured = await measureLog(files.trialLog(trial), trial, details)
    if (measured.ok) trials.push(measured.value)
    else unreadable.push({ trial, reason: measured.error })
  }
  return {
    ok: true,
    value: reportOf({ manifest, journal: journal.value, trials, unreadable, details }),
  }
}

/** The report of a run whose outcomes were measured elsewhere. */
async function importedReport(runDir: string, manifest: Manifest): Promise<Result<Report, LogFailure>> {
  const outcomes = await readImported(runDir)
  if (!outcomes.ok) return outcomes
  const journal: Journal = { entries: new Map(), tornLines: 0 }
  const empty = reportOf({ manifest, journal, trials: [], unreadable: [], details: detailsCollector() })
  return { ok: true, value: { ...empty, ...importedFacts(manifest, outcomes.value) } }
}

/** A log's numbers, or in words why it has none. Logs can come from elsewhere, so no content stops the report. */
async function measureLog(
  file: string,
  trial: string,
  details: DetailsCollector,
): Promise<Result<TrialMetrics, string>> {
  const log = await readTrialLog(file)
  if (!log.ok) return { ok: false, error: log.error.message.replace(`${file}: `, '') }
  try {
    const metrics = measureTrial(log.value.events)
    if (metrics === undefined) return { ok: false, error: 'its log has no end' }
    if (metrics.trialId !== trial) return { ok: false, error: `its log is that of trial ${metrics.trialId}` }
    details.add(metrics, log.value.events)
    return { ok: true, value: metrics }
  } catch (error) {
    const words = errorText(error)
    return { ok: false, error: `its events do not fit together (${words})` }
  }
}

interface ReportParts {
  manifest: Manifest
  journal: Journal
  trials: TrialMetrics[]
  unreadable: Coverage['unreadable']
  details: DetailsCollector
}

function reportOf({ manifest, journal, trials, unreadable, details }: ReportParts): Report {
  const { createdAt, versions, platform, seed, sandbox, suite } = manifest
  const { varying, constants } = factorsOfRun(trials, suite.content)
  const names = varying.map(factor => factor.name)
  const orderKey = (trial: TrialMetrics) =>
    JSON.stringify([playerOf(trial), trial.task, levelsKey(trial, names), trial.repeat, trial.trialId])
  const keyed = trials.map(trial => ({ trial, key: orderKey(trial) }))
  const ordered = keyed.sort((left, right) => compareText(left.key, right.key)).map(({ trial }) => trial)
  return {
    run: { name: suite.name, suiteDigest: suite.digest, createdAt, versions, platform, seed, sandbox },
    coverage: {
      planned: manifest.trialsPlanned,
      done: journal.entries.size,
      scored: trials.filter(isScored).length,
      failed: trials.filter(trial => trial.outcome === 'failed').length,
      cancelled: trials.filter(trial => trial.outcome === 'cancelled').length,
      unreadable,
      tornLines: journal.tornLines,
    },
    players: playersOf(ordered),
    factors: varying,
    constants,
    trials: ordered,
    ...scopesOf(ordered, varying, details),
    failures: failureGroups(ordered, journal.entries),
    tasksLeftOut: [...manifest.tasksLeftOut].sort((left, right) => compareText(left.task, right.task)),
  }
}

function failureGroups(trials: readonly TrialMetrics[], entries: ReadonlyMap<string, JournalEntry>): FailureGroup[] {
  const failed = trials.filter(trial => trial.outcome === 'failed')
  const groups = [...groupBy(failed, trial => trial.cause ?? 'unknown')].map(([cause, group]) => {
    const outcome = entries.get((group[0] as TrialMetrics).trialId)?.outcome
    const example = outcome?.kind === 'failed' ? outcome.cause.message : ''
    return { cause, trials: group.map(trial => trial.trialId), example }
  })
  return groups.sort((left, right) => compareText(left.cause, right.cause))
}
