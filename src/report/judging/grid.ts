import { groupBy } from '../../base/lists.ts'
import type { ArmLevels } from '../comparison/contrast-specs.ts'
import type { Observed } from './observed.ts'

/** One player's trials of one task in one arm. */
export interface GridCell {
  scored: Observed[]
  /** Failed trials: without a verdict, through no fault of the model. */
  lost: number
}

export interface GridTask {
  task: string
  cluster: string
  stratum: Observed['stratum']
  /** Share of its trials that count; 1 where absent. */
  weight?: number
  /** Least calls by least looks, where the task declares both. */
  callsPerLook: number | undefined
  /** Player → arm → cell. */
  players: Map<string, Map<string, GridCell>>
}

/** Trials by task, player and arm: what every figure of a scope is made of. */
export interface Grid {
  tasks: GridTask[]
  /** Whether a limit ended any trial. */
  hasCensored: boolean
}

export function armKey(levels: readonly string[]): string {
  return JSON.stringify(levels)
}

/** Tasks in order of their names, so that nothing depends on the order of the trials. */
export function gridOf(trials: readonly Observed[]): Grid {
  const groups = [...groupBy(trials, trial => trial.task)].sort(([left], [right]) => (left < right ? -1 : 1))
  const tasks = groups.map(([task, group]) => gridTask(task, group))
  return { tasks, hasCensored: trials.some(trial => trial.isCensored) }
}

function gridTask(task: string, trials: readonly Observed[]): GridTask {
  const players = new Map<string, Map<string, GridCell>>()
  for (const [player, own] of [...groupBy(trials, trial => trial.player)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const arms = [...groupBy(own, trial => armKey(trial.levels))].map(([key, cell]) => [key, cellOf(cell)] as const)
    players.set(player, new Map(arms))
  }
  const { cluster, stratum, facts } = trials[0] as Observed
  const { callsMin, looksMin } = facts
  return { task, cluster, stratum, callsPerLook: callsMin && looksMin ? callsMin / looksMin : undefined, players }
}

function cellOf(trials: readonly Observed[]): GridCell {
  const scored = trials.filter(trial => trial.score !== undefined)
  return { scored: scored.sort((a, b) => a.repeat - b.repeat), lost: trials.filter(trial => trial.isLost).length }
}

/** The arms that occur, in the order of the factors' levels. */
export function armsOf(trials: readonly Observed[], factors: readonly { levels: readonly string[] }[]): ArmLevels[] {
  const byKey = new Map(trials.map(({ levels }) => [armKey(levels), levels]))
  const ranked = [...byKey].map(([key, levels]) => {
    return { key, levels, ranks: levels.map((level, index) => factors[index]?.levels.indexOf(level) ?? 0) }
  })
  ranked.sort((a, b) => {
    const at = a.ranks.findIndex((rank, index) => rank !== b.ranks[index])
    return at === -1 ? 0 : (a.ranks[at] as number) - (b.ranks[at] as number)
  })
  return ranked.map(({ key, levels }) => ({ key, levels }))
}
