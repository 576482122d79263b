import { readdir } from 'node:fs/promises'
import type { JournalEntry, Manifest } from '../../contracts/manifest.ts'
import type { Result } from '../../contracts/result.ts'
import { readJournal } from '../../log/journal.ts'
import { readManifest } from '../../log/manifest.ts'
import { isTrialId, runFiles } from '../../log/run-files.ts'
import { compareApart } from './compare-apart.ts'
import type { ComparedLogs } from './compare-run.ts'
import type { RunFolder } from './find-runs.ts'
import { isGoingOn } from './is-going-on.ts'
import { measureLog } from './measure-log.ts'
import { createRowBook } from './row-book.ts'
import type { TrialRow } from './trial-row.ts'

/** `incomplete`: trials of the plan are missing, and no process is running it; `imported`: measured elsewhere, without trials. */
export type RunState = 'going-on' | 'complete' | 'incomplete' | 'imported'

/** `waiting`: not worked out yet. */
export type RunComparison = { kind: 'waiting' } | ComparedLogs['comparison']

export interface RunView {
  run: RunFolder
  manifest: Manifest
  state: RunState
  rows: TrialRow[]
  tornLines: number
  /** Covers the trials that had ended when it was made. */
  comparison: RunComparison
  /** The highest of its rows. */
  revision: number
}

/** What is known of one run. It only ever reads. */
export interface RunStore {
  /** The run as its files have it now, or in words why it cannot be shown. */
  view(): Promise<Result<RunView, string>>
  /** Reads the numbers of finished trials that are not known yet; without `isComparing`, that is all. */
  settle(options: { isComparing: boolean; signal: AbortSignal }): Promise<void>
}

export function createRunStore(run: RunFolder): RunStore {
  const files = runFiles(run.path)
  const book = createRowBook(files.trialLog)
  let comparison: RunComparison = { kind: 'waiting' }
  let comparedState = ''
  let settling: Promise<void> = Promise.resolve()

  const view = async (): Promise<Result<RunView, string>> => {
    // First of all: a run that ends meanwhile must not look as if it had been left before its end.
    const isAlive = await isGoingOn(run.path)
    const manifest = await readManifest(files.manifest)
    if (!manifest.ok) return { ok: false, error: manifest.error.message }
    const journal = await readJournal(files.journal)
    if (!journal.ok) return { ok: false, error: journal.error.message }
    const { entries, tornLines } = journal.value
    const started = await readdir(files.trials).catch(() => [])
    const rows = await book.rows(entries, started.filter(isTrialId), isAlive)
    const isComplete = entries.size >= manifest.value.trialsPlanned
    const ended = isComplete ? 'complete' : 'incomplete'
    const state = manifest.value.imported !== undefined ? 'imported' : isAlive ? 'going-on' : ended
    const revision = rows.reduce((highest, row) => Math.max(highest, row.revision), 0)
    const isCurrent = isAlive || stateOf(entries) === comparedState
    const shown = isCurrent ? comparison : ({ kind: 'waiting' } as const)
    return { ok: true, value: { run, manifest: manifest.value, state, rows, tornLines, comparison: shown, revision } }
  }

  const measureAll = async (entries: ReadonlyMap<string, JournalEntry>, signal: AbortSignal): Promise<void> => {
    for (const [id, { finishedAt }] of entries) {
      if (signal.aborted) return
      if (!book.has(id, finishedAt)) book.keep(id, finishedAt, await measureLog(files.trialLog(id), id))
    }
  }

  /** One pass through the logs gives the comparison and the numbers of all rows. */
  const compareAll = async (entries: ReadonlyMap<string, JournalEntry>, signal: AbortSignal): Promise<void> => {
    const compared = await compareApart(run.path, signal)
    if (compared === undefined) return
    for (const { trial, metrics } of compared.numbers) book.keep(trial, entries.get(trial)?.finishedAt ?? '', metrics)
    comparison = compared.comparison
  }

  const settleNow: RunStore['settle'] = async ({ isComparing, signal }) => {
    const journal = await readJournal(files.journal)
    if (!journal.ok) return
    const { entries } = journal.value
    if (!isComparing) return measureAll(entries, signal)
    const state = stateOf(entries)
    if (state === comparedState) return
    await compareAll(entries, signal)
    comparedState = state
  }

  /** One at a time: what a second caller asks for is mostly there when its turn comes. */
  const settle: RunStore['settle'] = options => {
    settling = settling.then(() => (options.signal.aborted ? undefined : settleNow(options)))
    return settling
  }

  return { view, settle }
}

/** Equal for journals with the same ends of the same trials. */
function stateOf(entries: ReadonlyMap<string, JournalEntry>): string {
  return JSON.stringify([...entries.values()].map(entry => [entry.trial, entry.finishedAt]))
}
