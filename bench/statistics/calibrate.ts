import { type Random, seededRandom } from '../../src/base/random.ts'
import { drawSample, type SampleInput, type SimulatedWorld, trueDifference } from './simulated-world.ts'
import { SOLVED_WORLD } from './solved-world.ts'
import { SKEWED_CLUSTERS_WORLD, TURNS_WORLD } from './turns-world.ts'

/** A cell with this many tasks gets this many times the repetitions: there the methods are closest to their limits. */
const SMALL_TASKS = 10
const SMALL_FACTOR = 5
const CLUSTERS_MIN = 2
const CLUSTERS_MAX = 8
export const CALIBRATION_REPETITIONS = 4_000

/** Where a method that promises 5 % and 95 % has to lie. */
export const TYPE_I_BAND = [0.025, 0.062] as const
export const COVERAGE_BAND = [0.935, 0.975] as const

export interface CalibrationCell {
  metric: string
  tasks: number
  trials: number
  effectNoise: number
  /** `mixed`: between two and eight, drawn for every sample; `none`: tasks are independent. */
  clusters: number | 'mixed' | 'none'
  repetitions: number
  /** Share of samples without a difference in which one was found. */
  typeI: number
  /** Share of intervals that include the true difference, where there is one. */
  coverage: number
  /** Share of samples (under the true difference) for which the method gives no result. */
  silentShare: number
  isInBand: boolean
}

export interface CalibrationGrid {
  tasks: readonly number[]
  trials: readonly number[]
  effectNoises: readonly number[]
}

export interface CalibrationReport {
  repetitions: number
  cells: CalibrationCell[]
  /** The same with a fixed number of clusters, on fewer sizes; no aim is set here. */
  byClusters: CalibrationCell[]
}

const GRID: CalibrationGrid = { tasks: [10, 20, 30, 60, 120], trials: [1, 3, 5], effectNoises: [0, 1] }
const CLUSTER_COUNTS = [2, 3, 5, 8]
const CLUSTERED_WORLDS = [SOLVED_WORLD, TURNS_WORLD, SKEWED_CLUSTERS_WORLD]
const CLUSTER_GRID: CalibrationGrid = { tasks: [10, 30, 120], trials: [1, 5], effectNoises: [1] }

type CellPlan = Pick<CalibrationCell, 'tasks' | 'trials' | 'effectNoise' | 'clusters'> & { world: SimulatedWorld }

interface CalibrateInput {
  /** Repetitions per cell; five times as many at ten tasks. */
  repetitions: number
  grid?: CalibrationGrid
  onCell?: (cell: CalibrationCell) => void
}

/**
 * Monte-Carlo: how often the default method finds a difference where there is none, and how often its interval includes
 * the one there is. Seeded, so the same figures everywhere.
 */
export function calibrate({ repetitions, grid = GRID, onCell }: CalibrateInput): CalibrationReport {
  const truths = new Map<string, number>()
  const truthOf = ({ world, effectNoise }: CellPlan) => {
    const name = `truth/${world.metric}/${effectNoise}`
    const scenario = { effect: world.effect, effectNoise }
    const truth = truths.get(name) ?? trueDifference(seededRandom(name), world, scenario)
    truths.set(name, truth)
    return truth
  }
  const run = (plan: CellPlan) => {
    const cell = measureCell(plan, truthOf(plan), repetitions * (plan.tasks === SMALL_TASKS ? SMALL_FACTOR : 1))
    onCell?.(cell)
    return cell
  }
  const cells = [...plans(grid, SOLVED_WORLD, ['none']), ...plans(grid, TURNS_WORLD, ['mixed'])].map(run)
  const byClusters =
    grid === GRID ? CLUSTERED_WORLDS.flatMap(world => plans(CLUSTER_GRID, world, CLUSTER_COUNTS).map(run)) : []
  return { repetitions, cells, byClusters }
}

function plans(grid: CalibrationGrid, world: SimulatedWorld, clusterCounts: CalibrationCell['clusters'][]): CellPlan[] {
  return grid.tasks.flatMap(tasks =>
    grid.trials.flatMap(trials =>
      grid.effectNoises.flatMap(effectNoise =>
        clusterCounts.map(clusters => ({ world, tasks, trials, effectNoise, clusters })),
      ),
    ),
  )
}

function measureCell({ world, ...cell }: CellPlan, truth: number, repetitions: number): CalibrationCell {
  const { tasks, trials, effectNoise, clusters } = cell
  const name = [world.metric, tasks, trials, effectNoise, clusters].join('/')
  const input = { world, tasks, trials }
  const none = { ...input, scenario: { effect: 0, effectNoise } }
  const some = { ...input, scenario: { effect: world.effect, effectNoise } }
  const random = seededRandom(`calibrate/${name}`)
  let found = 0
  let silent = 0
  let covered = 0
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const nothing = analyse(random, none, clusters)
    if (nothing !== undefined && nothing.p < 0.05) found += 1
    const something = analyse(random, some, clusters)
    if (something === undefined) silent += 1
    else if (something.lower <= truth && truth <= something.upper) covered += 1
  }
  const typeI = found / repetitions
  const coverage = covered / (repetitions - silent)
  return {
    ...{ metric: world.metric, ...cell, repetitions, typeI, coverage, silentShare: silent / repetitions },
    isInBand: isWithin(typeI, TYPE_I_BAND) && isWithin(coverage, COVERAGE_BAND),
  }
}

function analyse(random: Random, input: SampleInput, clusters: CalibrationCell['clusters']) {
  const count =
    clusters === 'mixed' ? CLUSTERS_MIN + Math.floor(random() * (CLUSTERS_MAX - CLUSTERS_MIN + 1)) : clusters
  const sample = drawSample(random, count === 'none' ? input : { ...input, clusters: count })
  return input.world.analyse(sample)
}

function isWithin(value: number, [lowest, highest]: readonly [number, number]): boolean {
  return value >= lowest && value <= highest
}
