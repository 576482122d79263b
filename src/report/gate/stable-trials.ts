import type { BaselineTrial } from './baseline.ts'

/**
 * The baseline trials of a task that count. A trial counts if the *other* trials of its task agree with each other, up to
 * the share that can disagree with the rest: no trial takes part in the decision about itself. Were tasks simply dropped
 * for having been solved sometimes, those that are kept would be the lucky ones, and the same model would seem worse the
 * next time; leaving each trial out of its own selection (as cross-fitting does) removes that bias.
 */
export function stableTrials(trials: readonly BaselineTrial[], flakyShareMax: number): BaselineTrial[] {
  const solved = trials.filter(trial => trial.solved === 1).length
  return trials.filter(trial => isStable(solved - trial.solved, trials.length - 1, flakyShareMax))
}

function isStable(solved: number, trials: number, flakyShareMax: number): boolean {
  return Math.min(solved, trials - solved) <= flakyShareMax * trials
}
