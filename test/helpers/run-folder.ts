import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TrialEvent } from '../../src/contracts/events.ts'
import type { JournalEntry, Manifest } from '../../src/contracts/manifest.ts'
import { runFiles } from '../../src/log/run-files.ts'
import { manifestOf } from './manifest.ts'

/** A run's folder as a finished run leaves it: manifest, journal and the trials' logs. */
export function writeRunFolder(
  runDir: string,
  trials: readonly TrialEvent[][],
  manifest: Partial<Manifest> = {},
): void {
  const files = runFiles(runDir)
  mkdirSync(runDir, { recursive: true })
  writeFileSync(files.manifest, JSON.stringify(manifestOf({ trialsPlanned: trials.length, ...manifest })))
  const entries = trials.map(events => {
    const entry = entryOf(events)
    const lines = [{ log: 'scriptbench', version: 1 }, ...events].map(line => `${JSON.stringify(line)}\n`)
    writeFile(files.trialLog(entry.trial), lines.join(''))
    return entry
  })
  writeFileSync(files.journal, entries.map(entry => `${JSON.stringify(entry)}\n`).join(''))
}

function entryOf(events: readonly TrialEvent[]): JournalEntry {
  const start = events.find(event => event.type === 'trial_start')
  const end = events.find(event => event.type === 'trial_end')
  const outcome = end?.outcome ?? { kind: 'cancelled' as const }
  return { trial: start?.trial.id ?? 'unknown', outcome, finishedAt: '2026-01-02T04:00:00.000Z' }
}

function writeFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(join(file), text)
}
