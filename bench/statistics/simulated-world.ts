import type { Random } from '../../src/base/random.ts'
import type { TaskTrials } from '../../src/statistics/estimates/solved-difference.ts'
import { clusterSizes } from '../simulation/cluster-sizes.ts'

/** What differs between the cells of a calibration. */
export interface Scenario {
  /** Standard deviation of the tasks' true effects, in the world's own unit. */
  effectNoise: number
  /** The mean effect, in the same unit. 0: the arms are exchangeable. */
  effect: number
}

export interface SampleSize {
  tasks: number
  trials: number
  /** Absent: every task is a cluster of its own. */
  clusters?: number
}

/** An estimate with its interval and p; what a method under test gives for a sample. */
export interface Outcome {
  p: number
  lower: number
  upper: number
}

/** A population of tasks whose true difference is known, and the method that has to find it. */
export interface SimulatedWorld {
  metric: string
  /** The effect at which coverage is measured. */
  effect: number
  /** What the tasks of one cluster share; called once a cluster. */
  drawCluster: (random: Random, scenario: Scenario) => number
  drawTask: (random: Random, scenario: Scenario, shared: number) => TaskTrialsDraw
  /** The difference of one task as the method sees it in expectation, or an unbiased draw of it. */
  taskDifference: (random: Random, scenario: Scenario) => number
  analyse: (sample: readonly TaskTrials[]) => Outcome | undefined
}

/** Draws one trial of one arm. */
export type TaskTrialsDraw = (arm: 'baseline' | 'other') => number

export interface SampleInput extends SampleSize {
  world: SimulatedWorld
  scenario: Scenario
}

export function drawSample(random: Random, { world, scenario, tasks, trials, clusters }: SampleInput): TaskTrials[] {
  const sample: TaskTrials[] = []
  for (const [index, size] of clusterSizes(tasks, clusters ?? tasks).entries()) {
    const shared = world.drawCluster(random, scenario)
    for (let task = 0; task < size; task++) {
      const draw = world.drawTask(random, scenario, shared)
      const baseline = Array.from({ length: trials }, () => draw('baseline'))
      const other = Array.from({ length: trials }, () => draw('other'))
      sample.push({ cluster: String(index), baseline, other })
    }
  }
  return sample
}

const TRUTH_DRAWS = 400_000

/** The world's true mean difference, by a simulation so large that its error does not show. */
export function trueDifference(random: Random, world: SimulatedWorld, scenario: Scenario): number {
  if (scenario.effect === 0) return 0
  let total = 0
  for (let draw = 0; draw < TRUTH_DRAWS; draw++) total += world.taskDifference(random, scenario)
  return total / TRUTH_DRAWS
}
