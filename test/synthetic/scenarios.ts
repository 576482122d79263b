import { describeSyntheticRun, type PlantedEffect, type SyntheticRun } from '../../bench/synthetic/synthetic-run.ts'
import type { VerdictWord } from '../../src/statistics/hypotheses/verdict.ts'

/** What a comparison has to say about one metric of the primary contrast. */
export type ExpectedWord = VerdictWord | 'planted effect recovered' | 'interim' | 'exploratory'

export interface Scenario {
  run: (seed: string) => SyntheticRun
  /** By metric; of the contrast script-tool against structured-parallel. */
  words: Record<'solved' | 'turns' | 'inputTokens' | 'costUsd', ExpectedWord>
}

const SCRIPTS = { mode: 'script-tool' }

/**
 * Tasks that are nearly always or nearly never solved. With planning's variance, equivalence within five points takes
 * 400 tasks with ten trials in each arm; with these, 150 with three.
 */
const DECIDED_TASKS = { difficultyShape: 0.05, solvedNoise: 0 }

function scenario(
  name: string,
  words: Scenario['words'],
  effect: Omit<PlantedEffect, 'when'>,
  rest: Partial<Omit<SyntheticRun, 'spread'>> & { spread?: Partial<SyntheticRun['spread']> } = {},
): Scenario {
  const effects = [{ when: SCRIPTS, ...effect }]
  const run = (seed: string) =>
    describeSyntheticRun({ name: `synthetic-${name}`, seed, tasksSeed: seed, tasks: 60, effects, ...rest })
  return { words, run }
}

const all = (word: ExpectedWord) => ({ solved: word, turns: word, inputTokens: word, costUsd: word })
const amounts = (word: ExpectedWord) => ({ turns: word, inputTokens: word, costUsd: word })

/**
 * Runs whose truth is known, each with the words that a comparison must find. Effects are so large compared with their standard
 * errors that another word is as good as impossible; where nothing is planted, one seed in twenty finds something all
 * the same, so those run on seeds that are known.
 */
export const SCENARIOS = {
  better: scenario('better', all('better'), { solvedPoints: 28, turnsRatio: 0.6, tokensRatio: 0.6 }),
  worse: scenario('worse', all('worse'), { solvedPoints: -28, turnsRatio: 1.6, tokensRatio: 1.6 }),
  equal: scenario(
    'equal',
    { solved: 'equivalent', ...amounts('inconclusive') },
    {},
    { tasks: 150, spread: DECIDED_TASKS },
  ),
  /** Tokens and turns are down since the player gives up. */
  cheaperButWorse: scenario(
    'cheaper-but-worse',
    { solved: 'worse', ...amounts('inconclusive') },
    { solvedPoints: -28, turnsRatio: 0.6, tokensRatio: 0.6 },
  ),
  cheaper: scenario(
    'cheaper',
    { solved: 'equivalent', ...amounts('better') },
    { turnsRatio: 0.7, tokensRatio: 0.7 },
    { tasks: 150, spread: DECIDED_TASKS },
  ),
  underpowered: scenario(
    'underpowered',
    all('inconclusive'),
    { solvedPoints: -5, turnsRatio: 1.05, tokensRatio: 1.05 },
    { tasks: 20, repeats: 1 },
  ),
  /** As `better`, but a third of one arm's trials is lost: had they failed, nothing would be left of it. */
  infrastructureHoles: scenario('infrastructure-holes', all('inconclusive'), {
    ...{ solvedPoints: 28, turnsRatio: 0.8, tokensRatio: 0.8 },
    lostShare: 0.4,
  }),
  /** Few losses on both sides change no word. */
  fewHoles: scenario('few-holes', all('better'), {
    solvedPoints: 32,
    turnsRatio: 0.5,
    tokensRatio: 0.5,
    lostShare: 0.01,
  }),
  interim: scenario(
    'interim',
    all('interim'),
    { solvedPoints: 28, turnsRatio: 0.6, tokensRatio: 0.6 },
    { finishedShare: 0.9 },
  ),
  exploratory: scenario(
    'exploratory',
    all('exploratory'),
    { solvedPoints: 28, turnsRatio: 0.6, tokensRatio: 0.6 },
    { repeatsBeforeLook: 2 },
  ),
  noModels: scenario(
    'no-models',
    all('planted effect recovered'),
    { solvedPoints: 28, turnsRatio: 0.6, tokensRatio: 0.6 },
    { models: [{ spec: 'simulated/planted', playerKind: 'simulated' }] },
  ),
} satisfies Record<string, Scenario>

/** Scripts need fewer turns and tokens the more calls a look takes: 0.8 times for each doubling, as many at four. */
export const SLOPE = { ratioPerDoubling: 0.8, breakEven: 4 }

export function slopeRun(seed: string): SyntheticRun {
  const effects = [{ when: SCRIPTS, slope: SLOPE }]
  return describeSyntheticRun({ name: 'synthetic-slope', seed, tasksSeed: seed, tasks: 120, effects })
}

/** Reinjection does nothing by itself, scripts do nothing by themselves, both together solve 30 points more. */
export const INTERACTION_POINTS = 30

export function interactionRun(seed: string): SyntheticRun {
  return describeSyntheticRun({
    ...{ name: 'synthetic-interaction', seed, tasksSeed: seed, tasks: 80 },
    factors: [
      { name: 'mode', levels: ['structured-parallel', 'script-tool'] },
      { name: 'reinjection', levels: ['off', 'turn-top-kept'] },
    ],
    effects: [{ when: { ...SCRIPTS, reinjection: 'turn-top-kept' }, solvedPoints: INTERACTION_POINTS }],
  })
}
