import type { Random } from '../../src/base/random.ts'
import { logRatio, taskLogRatio } from '../../src/statistics/estimates/log-ratio.ts'
import { drawExponential, drawNormal } from '../simulation/draws.ts'
import type { Scenario, SimulatedWorld, TaskTrialsDraw } from './simulated-world.ts'

const TURNS_LIMIT = 40
const TURNS_TYPICAL = 8
/** On the log scale: between tasks; between trials of a task; of effects at noise 1. */
const TASK_SPREAD = 0.6
const TRIAL_SPREAD = 0.4
const EFFECT_SPREAD = 0.3
/** Tasks that always take one turn, and tasks that always run into the limit, whatever the arm. */
const FLOOR_SHARE = 0.1
const CEILING_SHARE = 0.1
/** Share of the other tasks' trials that get lost and end at the limit. */
const RUNAWAY_SHARE = 0.03
const SHARED = 0.5

/** Mean 0, standard deviation 1, skewed. */
function drawSkewed(random: Random): number {
  return drawExponential(random) - 1
}

/** Even when the arms are exchangeable, so that the true mean is 0; skewed otherwise. */
function drawDeviation(random: Random, { effect }: Scenario): number {
  return effect === 0 ? drawNormal(random) : drawSkewed(random)
}

function drawTurns(random: Random, logMean: number): number {
  if (random() < RUNAWAY_SHARE) return TURNS_LIMIT
  const turns = Math.round(Math.exp(logMean + TRIAL_SPREAD * drawSkewed(random)))
  return Math.min(TURNS_LIMIT, Math.max(1, turns))
}

function drawTask(random: Random, scenario: Scenario, shared: number): TaskTrialsDraw {
  const kind = random()
  if (kind < FLOOR_SHARE) return () => 1
  if (kind < FLOOR_SHARE + CEILING_SHARE) return () => TURNS_LIMIT
  const logMean = Math.log(TURNS_TYPICAL) + TASK_SPREAD * drawNormal(random)
  const own = Math.sqrt(SHARED) * shared + Math.sqrt(1 - SHARED) * drawDeviation(random, scenario)
  const logOther = logMean + scenario.effect + scenario.effectNoise * EFFECT_SPREAD * own
  return arm => drawTurns(random, arm === 'baseline' ? logMean : logOther)
}

function turnsWorld(metric: string, drawCluster: SimulatedWorld['drawCluster']): SimulatedWorld {
  return {
    metric,
    effect: Math.log(0.75),
    drawCluster,
    drawTask,
    taskDifference: (random, scenario) => {
      const draw = drawTask(random, scenario, drawCluster(random, scenario))
      return Math.log(draw('other') / draw('baseline'))
    },
    analyse: sample => {
      const values = sample.flatMap(({ cluster, baseline, other }) => {
        const value = taskLogRatio(baseline, other)
        return value === undefined ? [] : [{ cluster, value }]
      })
      return logRatio(values)?.log
    },
  }
}

/** Turns until the end or the limit: whole, skewed, censored; effects on the log scale, skewed between tasks. */
export const TURNS_WORLD = turnsWorld('turns', drawNormal)

/** The effects that clusters share are skewed as well: more than an interval of a mean of few clusters can know. */
export const SKEWED_CLUSTERS_WORLD = turnsWorld('turns, skewed clusters', drawDeviation)
