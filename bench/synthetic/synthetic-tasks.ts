import { sha256 } from '../../src/base/digest.ts'
import { type Random, seededRandom } from '../../src/base/random.ts'
import type { Stratum } from '../../src/contracts/task.ts'
import { clusterSizes } from '../simulation/cluster-sizes.ts'
import { drawBetaLogit, drawNormal } from '../simulation/draws.ts'
import type { SyntheticRun } from './synthetic-run.ts'

/** Share of the effects' variance that the tasks of a cluster have in common. */
const SHARED = 0.5

/** Calls and looks that tasks of a stratum need: from, to. */
const SHAPES: Record<Stratum, { calls: [number, number]; looks: [number, number] }> = {
  one: { calls: [1, 2], looks: [1, 2] },
  few: { calls: [4, 8], looks: [2, 3] },
  'many-independent': { calls: [12, 24], looks: [1, 2] },
  'many-dependent': { calls: [9, 16], looks: [2, 4] },
  loop: { calls: [24, 48], looks: [1, 2] },
  long: { calls: [28, 60], looks: [7, 10] },
}

export interface SyntheticTask {
  id: string
  digest: string
  cluster: string
  stratum: Stratum
  callsMin: number
  looksMin: number
  /** Log-odds of being solved where nothing is planted. */
  difficulty: number
  /** Mean of the log of turns and of input tokens where nothing is planted. */
  logTurns: number
  logTokens: number
  /** One standard normal draw for each planted effect. */
  ownEffects: { solved: number; amounts: number }[]
}

export function drawTasks(run: SyntheticRun): SyntheticTask[] {
  const random = seededRandom(`synthetic tasks/${run.tasksSeed}`)
  const tasks: SyntheticTask[] = []
  for (const [cluster, size] of clusterSizes(run.tasks, Math.min(run.clusters ?? run.tasks, run.tasks)).entries()) {
    const shared = run.effects.map(() => drawOwn(random))
    for (let place = 0; place < size; place++)
      tasks.push(drawTask({ run, random, cluster, shared, index: tasks.length }))
  }
  return tasks
}

interface TaskInput {
  run: SyntheticRun
  random: Random
  cluster: number
  shared: SyntheticTask['ownEffects']
  index: number
}

function drawTask({ run, random, cluster, shared, index }: TaskInput): SyntheticTask {
  const { spread, strata, tasksSeed, limits } = run
  const stratum = strata[index % strata.length] as Stratum
  const { calls, looks } = SHAPES[stratum]
  const looksMin = between(random, looks)
  const id = `synthetic-${numbered(index, run.tasks)}`
  const logTurns = Math.min(
    Math.log(spread.turnsTypical) + spread.taskSpread * drawNormal(random),
    Math.log(limits.turnsMax),
  )
  return {
    ...{ id, stratum, looksMin, logTurns },
    digest: sha256(`${tasksSeed}/${id}`),
    cluster: `family-${numbered(cluster, run.clusters ?? run.tasks)}`,
    callsMin: Math.max(looksMin, between(random, calls)),
    difficulty: drawBetaLogit(random, spread.difficultyShape),
    logTokens: Math.log(3_000) + 1.2 * logTurns + 0.2 * drawNormal(random),
    ownEffects: shared.map(common => {
      const own = drawOwn(random)
      return { solved: mixed(common.solved, own.solved), amounts: mixed(common.amounts, own.amounts) }
    }),
  }
}

const drawOwn = (random: Random) => ({ solved: drawNormal(random), amounts: drawNormal(random) })

function mixed(common: number, own: number): number {
  return Math.sqrt(SHARED) * common + Math.sqrt(1 - SHARED) * own
}

function between(random: Random, [from, to]: readonly [number, number]): number {
  return from + Math.floor(random() * (to - from + 1))
}

function numbered(index: number, count: number): string {
  return String(index + 1).padStart(String(count).length, '0')
}
