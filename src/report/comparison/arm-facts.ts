import { defined } from '../../base/defined.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import { passAtK, passHatK } from '../../statistics/estimates/pass-at-k.ts'
import type { ReportFactor } from '../document/report.ts'
import { meanOf } from '../document/summarise-arm.ts'
import type { Grid, GridCell } from '../judging/grid.ts'
import type { ArmReliability, ArmUse, ComparedArm } from './comparison.ts'
import type { ArmLevels } from './contrast-specs.ts'

/** How an arm is called in every document. */
export function armName(levels: readonly string[]): string {
  return levels.join(' · ')
}

export interface ArmCells {
  arm: ArmLevels
  /** One a task and player. */
  cells: GridCell[]
}

export function cellsByArm(grid: Grid, arms: readonly ArmLevels[]): ArmCells[] {
  return arms.map(arm => ({
    arm,
    cells: grid.tasks.flatMap(({ players }) => [...players.values()].flatMap(cells => cells.get(arm.key) ?? [])),
  }))
}

export function comparedArm({ arm, cells }: ArmCells, factors: readonly ReportFactor[]): ComparedArm {
  const scored = cells.flatMap(cell => cell.scored)
  return {
    name: armName(arm.levels),
    levels: Object.fromEntries(factors.map(({ name }, index) => [name, arm.levels[index] as string])),
    tasks: new Set(scored.map(trial => trial.task)).size,
    scored: scored.length,
    lost: cells.reduce((total, cell) => total + cell.lost, 0),
    limited: scored.filter(trial => trial.isCensored).length,
  }
}

const USES = {
  inputTokens: 'inputTokens',
  outputTokens: 'outputTokens',
  reasoningTokens: 'reasoningTokens',
  toolDefinitionTokens: 'toolDefinitionTokens',
  reinjectedTokens: 'reinjectedTokens',
  repairTokens: 'repairTokens',
  repairTurns: 'repairTurns',
  turns: 'turns',
  toolCalls: 'toolCalls',
  parallelWidth: 'maxInFlight',
  bytesFromTools: 'bytesFromTools',
  bytesIntoContext: 'bytesIntoContext',
} as const satisfies Record<Exclude<keyof ArmUse, 'arm'>, keyof TrialMetrics>

/** Where tokens and turns went: means over the scored trials for which each is known. */
export function armUse({ arm, cells }: ArmCells): ArmUse {
  const scored = cells.flatMap(cell => cell.scored)
  const means = Object.entries(USES).flatMap(([name, key]) => {
    const mean = meanOf(scored.map(({ facts }) => facts[key]))?.mean
    return mean === undefined ? [] : [[name, mean] as const]
  })
  return { arm: armName(arm.levels), ...Object.fromEntries(means) }
}

/** How often a task is solved that was tried several times; with the most attempts that any task had. */
export function armReliability({ arm, cells }: ArmCells): ArmReliability {
  const tried = cells.map(cell => ({
    trials: cell.scored.length,
    solved: cell.scored.filter(trial => trial.score === 1).length,
  }))
  const attempts = tried.reduce((most, { trials }) => Math.max(most, trials), 0)
  const full = tried.filter(each => each.trials >= attempts && each.trials > 0)
  const meanOf = (estimate: typeof passAtK) => {
    const known = full.flatMap(({ solved, trials }) => estimate(solved, trials, attempts) ?? [])
    return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0) / known.length
  }
  const [at, hat] = [meanOf(passAtK), meanOf(passHatK)]
  const withTrials = tried.filter(each => each.trials > 0)
  const always = withTrials.filter(each => each.solved === each.trials).length
  const never = withTrials.filter(each => each.solved === 0).length
  return {
    ...{ arm: armName(arm.levels), attempts },
    ...defined({ passAtK: at, passHatK: hat }),
    ...{ always, sometimes: withTrials.length - always - never, never },
  }
}
