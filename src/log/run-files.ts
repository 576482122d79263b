import { join } from 'node:path'

const TRIAL_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** Whether a text can be a trial's id. Ids name folders, so nothing that could lead elsewhere is one. */
export function isTrialId(text: string): boolean {
  return TRIAL_ID.test(text)
}

/** Where the parts of a run are in its folder. */
export function runFiles(runDir: string) {
  return {
    manifest: join(runDir, 'manifest.json'),
    journal: join(runDir, 'journal.jsonl'),
    trials: join(runDir, 'trials'),
    trialDir: (trialId: string) => join(runDir, 'trials', trialId),
    trialLog: (trialId: string) => join(runDir, 'trials', trialId, 'events.jsonl'),
  }
}
