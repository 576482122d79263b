import type { JournalEntry, Manifest } from '../contracts/manifest.ts'
import type { Result } from '../contracts/result.ts'
import { type Journal, readJournal } from '../log/journal.ts'
import type { LogFailure } from '../log/log-failure.ts'
import { readManifest } from '../log/manifest.ts'
import { readTrialLog } from '../log/read-trial-log.ts'
import { runFiles } from '../log/run-files.ts'
import { measureTrial } from '../metrics/measure-trial.ts'
import type { TrialMetrics } from '../metrics/trial-metrics.ts'
import { factorsOfRun, levelsKey } from './arms.ts'
import { playerOf } from './compare-levels.ts'
import type { Coverage, FailureGroup, Report } from './report.ts'
import { playersOf, scopesOf } from './scopes.ts'
import { isScored } from './summarise-arm.ts'
import { compareText, groupBy } from './text-order.ts'

/** A run's facts, from its manifest, its journal and its logs alone. The same logs give the same report. */
export async function loadReport(runDir: string): Promise<Result<Report, LogFailure>> {
  const files = runFiles(runDir)
  const manifest = await readManifest(files.manifest)
  if (!manifest.ok) return manifest
  const journal = await readJournal(files.journal)
  if (!journal.ok) return journal
  const trials: TrialMetrics[] = []
  const unreadable: Coverage['unreadable'] = []
  for (const trial of [...journal.value.entries.keys()].sort(compareText)) {
    const measured = await measureLog(files.trialLog(trial), trial)
    if (measured.ok) trials.push(measured.value)
    else unreadable.push({ trial, reason: measured.error })
  }
  return { ok: true, value: reportOf({ manifest: manifest.value, journal: journal.value, trials, unreadable }) }
}

/** A log's numbers, or in words why it has none. Logs may come from elsewhere, so no content may stop the report. */
async function measureLog(file: string, trial: string): Promise<Result<TrialMetrics, string>> {
  const log = await readTrialLog(file)
  if (!log.ok) return { ok: false, error: log.error.message.replace(`${file}: `, '') }
  try {
    const metrics = measureTrial(log.value.events)
    if (metrics === undefined) return { ok: false, error: 'its log has no end' }
    const isOwn = metrics.trialId === trial
    return isOwn ? { ok: true, value: metrics } : { ok: false, error: `its log is that of trial ${metrics.trialId}` }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return { ok: false, error: `its events do not fit together (${words})` }
  }
}

interface ReportParts {
  manifest: Manifest
  journal: Journal
  trials: TrialMetrics[]
  unreadable: Coverage['unreadable']
}

function reportOf({ manifest, journal, trials, unreadable }: ReportParts): Report {
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
    scopes: scopesOf(ordered, varying),
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
