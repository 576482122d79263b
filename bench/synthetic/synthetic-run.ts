import type { Factor } from '../../src/contracts/arm.ts'
import type { JsonObject } from '../../src/contracts/json.ts'
import type { ModelPrices, PlayerKind } from '../../src/contracts/model.ts'
import type { SuiteAnalysis, TrialLimits } from '../../src/contracts/suite.ts'
import { STRATA, type Stratum } from '../../src/contracts/task.ts'

/** A run that never happened, with effects of known size. Documents show the models' names, which say so. */
export interface SyntheticRun {
  name: string
  /** Decides what happens in the trials. */
  seed: string
  /** Decides the tasks and their effects; runs that are to be compared share it. */
  tasksSeed: string
  tasks: number
  /** Absent: every task is a cluster of its own. */
  clusters?: number
  strata: readonly Stratum[]
  models: readonly SyntheticModel[]
  factors: readonly Factor[]
  repeats: number
  effects: readonly PlantedEffect[]
  spread: SyntheticSpread
  limits: TrialLimits
  prices?: ModelPrices
  analysis?: SuiteAnalysis
  createdAt: string
  /** Share of the planned trials that have run, in their order; the others are still missing. */
  finishedShare: number
  /** How many repeats the plan first had; the others were added after those had ended. */
  repeatsBeforeLook?: number
}

interface SyntheticModel {
  /** Starts with `synthetic/` or `simulated/`, so it is never mistaken for a real one. */
  spec: string
  playerKind: PlayerKind
  /** How much better or worse it is than the tasks' difficulty says, in log-odds. */
  strength?: number
}

/** What is different where all the levels match; `model` names a model, and no level at all means everywhere. */
export interface PlantedEffect {
  when: Record<string, string>
  /** Added to the mean share solved: 10 is ten points. Exact for the run's own tasks; several effects add up. */
  solvedPoints?: number
  /** Geometric means over tasks; several effects multiply. Cost follows from the tokens. */
  turnsRatio?: number
  tokensRatio?: number
  /** Turns and tokens change by this ratio with each doubling of a task's calls per look, and not at all at `breakEven`. */
  slope?: { ratioPerDoubling: number; breakEven: number }
  /** Share of trials that infrastructure loses. */
  lostShare?: number
}

/** How much tasks and trials differ. */
export interface SyntheticSpread {
  /** Difficulty is Beta(shape, shape). */
  difficultyShape: number
  /** Standard deviation of the tasks' own effects on solved, in log-odds. */
  solvedNoise: number
  turnsTypical: number
  /** Standard deviations on the log scale: of tasks, of trials of a task, of the tasks' own effects. */
  taskSpread: number
  trialSpread: number
  amountNoise: number
  /** Share of the unsolved trials that end at the turn limit. */
  limitedShare: number
  scriptFailureShare: number
  protocolErrorShare: number
  /** Share of the requests that are tried twice. */
  retryShare: number
  /** Calls of a trial at most; keeps logs small. */
  callsMax: number
}

/**
 * The figures that planning assumes and the calibration of the statistics uses (docs/statistics.md): difficulty
 * Beta(0.6, 0.6), so a variance of 0.136 within tasks; effect noise 1; eight turns, spread 0.6 between tasks and 0.4
 * within; about 3 % of trials run into the limit of 40 turns.
 */
export const PLANNING_SPREAD: SyntheticSpread = {
  difficultyShape: 0.6,
  solvedNoise: 1,
  turnsTypical: 8,
  taskSpread: 0.6,
  trialSpread: 0.4,
  amountNoise: 0.3,
  limitedShare: 0.06,
  scriptFailureShare: 0.08,
  protocolErrorShare: 0.02,
  retryShare: 0.01,
  callsMax: 80,
}

const PRICES: ModelPrices = {
  inputPerMillion: 2,
  cacheReadPerMillion: 0.2,
  cacheWritePerMillion: 2.5,
  outputPerMillion: 8,
  source: 'synthetic: no price of any provider',
  date: '2026-01-01',
}

type Described = Partial<Omit<SyntheticRun, 'spread'>> & { name: string; spread?: Partial<SyntheticSpread> }

/** Fills in what a description leaves out: two modes, one recorded player, planning's spread, no effect. */
export function describeSyntheticRun({ spread, ...described }: Described): SyntheticRun {
  return {
    seed: '1',
    tasksSeed: 'tasks',
    tasks: 40,
    strata: STRATA,
    models: [{ spec: 'synthetic/planted', playerKind: 'recorded' }],
    factors: [{ name: 'mode', levels: ['structured-parallel', 'script-tool'] }],
    repeats: 3,
    effects: [],
    limits: { turnsMax: 40, toolCallsMax: 400, wallTimeMs: 15 * 60_000, observationTokensMax: 10_000 },
    prices: PRICES,
    createdAt: '2026-01-05T08:00:00.000Z',
    finishedShare: 1,
    ...described,
    spread: { ...PLANNING_SPREAD, ...spread },
  }
}

/** What was planted, as plain data for the manifest. */
export function plantedFacts({ seed, tasksSeed, effects, spread }: SyntheticRun): JsonObject {
  return JSON.parse(JSON.stringify({ seed, tasksSeed, effects, spread })) as JsonObject
}
