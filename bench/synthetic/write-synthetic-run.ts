import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { JournalEntry } from '../../src/contracts/manifest.ts'
import { writeManifest } from '../../src/log/manifest.ts'
import { runFiles } from '../../src/log/run-files.ts'
import { createContentPool, createEventLines } from './event-lines.ts'
import { outcomeOf, playTrial } from './play-trial.ts'
import type { SyntheticRun } from './synthetic-run.ts'
import { manifestOf } from './synthetic-suite.ts'
import { drawTasks } from './synthetic-tasks.ts'
import { syntheticTrials } from './synthetic-trials.ts'

/** The journal is written, and signals are heard, this often. */
const BATCH_TRIALS = 256

export interface WrittenRun {
  trials: number
  /** Size of all logs together. */
  bytes: number
}

/** Writes a run's folder trial by trial, so that its size does not matter. The same description gives the same logs. */
export async function writeSyntheticRun(runDir: string, run: SyntheticRun, signal?: AbortSignal): Promise<WrittenRun> {
  const files = runFiles(runDir)
  const tasks = drawTasks(run)
  mkdirSync(files.trials, { recursive: true })
  const manifest = await writeManifest(files.manifest, manifestOf(run, tasks))
  if (!manifest.ok) throw new Error(manifest.error.message)
  const pool = createContentPool()
  const journal = openSync(files.journal, 'w')
  const written: WrittenRun = { trials: 0, bytes: 0 }
  let entries = ''
  try {
    for (const { trial, facts, startedAt, finishedAt, random } of syntheticTrials(run, tasks)) {
      const log = createEventLines(pool)
      playTrial({ log, trial, facts, startedAt, random })
      const text = log.text()
      mkdirSync(files.trialDir(trial.id), { recursive: true })
      writeFileSync(files.trialLog(trial.id), text)
      entries += `${JSON.stringify({ trial: trial.id, outcome: outcomeOf(facts), finishedAt } satisfies JournalEntry)}\n`
      written.trials += 1
      written.bytes += text.length
      if (written.trials % BATCH_TRIALS !== 0) continue
      writeSync(journal, entries)
      entries = ''
      await nextTurn()
      signal?.throwIfAborted()
    }
    writeSync(journal, entries)
  } finally {
    closeSync(journal)
  }
  return written
}
