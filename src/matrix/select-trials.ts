import type { Trial } from '../contracts/trial.ts'

/** What a resumed run still has to do, in the same order. */
export function selectTrials(trials: readonly Trial[], finishedIds: Iterable<string>): Trial[] {
  const finished = new Set(finishedIds)
  return trials.filter(trial => !finished.has(trial.id))
}
