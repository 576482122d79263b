/** An average trial of a script arm: what a row's figure is multiplied and divided by. */
export interface TrialProfile {
  turns: number
  scripts: number
  calls: number
  /** Megabytes that tools gave to scripts. */
  megabytesIn: number
  toolMs: number
  /** Assumed, not measured. */
  modelTurnMs: number
}

/**
 * Averages over the 120 trials of script arms of `suites/demo.yaml` (its 15 tasks, oracle and simulated player), taken
 * from the `trials.csv` of one run; the players answer immediately, so a model's turn is an assumption.
 */
export const TRIAL_PROFILE: Readonly<TrialProfile> = {
  turns: 4.33,
  scripts: 2.93,
  calls: 20.9,
  megabytesIn: 0.0098,
  toolMs: 259,
  modelTurnMs: 3_000,
}

/** Wall time of this trial without the engine. */
export function trialWallMs({ turns, modelTurnMs, toolMs }: TrialProfile): number {
  return turns * modelTurnMs + toolMs
}
