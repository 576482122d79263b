import type { Random } from '../../src/base/random.ts'
import { solvedDifference } from '../../src/statistics/estimates/solved-difference.ts'
import { drawBetaLogit, drawNormal } from '../simulation/draws.ts'
import type { Scenario, SimulatedWorld } from './simulated-world.ts'

/** Most tasks are nearly always or nearly never solved. */
const DIFFICULTY_SHAPE = 0.6
/** Share of the effects' variance that the tasks of a cluster have in common. */
const SHARED = 0.5

const chance = (logit: number) => 1 / (1 + Math.exp(-logit))

function drawChances(random: Random, { effect, effectNoise }: Scenario, shared: number): [number, number] {
  const logit = drawBetaLogit(random, DIFFICULTY_SHAPE)
  const own = Math.sqrt(SHARED) * shared + Math.sqrt(1 - SHARED) * drawNormal(random)
  return [chance(logit), chance(logit + effect + effectNoise * own)]
}

/** Tasks that are solved or not; effects on the scale of log-odds. */
export const SOLVED_WORLD: SimulatedWorld = {
  metric: 'solved',
  effect: 0.8,
  drawCluster: drawNormal,
  drawTask: (random, scenario, shared) => {
    const [baseline, other] = drawChances(random, scenario, shared)
    return arm => (random() < (arm === 'baseline' ? baseline : other) ? 1 : 0)
  },
  taskDifference: (random, scenario) => {
    const [baseline, other] = drawChances(random, scenario, drawNormal(random))
    return other - baseline
  },
  analyse: sample => solvedDifference(sample),
}
