import { compareText, groupBy } from '../../base/lists.ts'
import type { Result } from '../../contracts/result.ts'
import type { ReportFactor } from '../document/report.ts'
import { armsOf, gridOf } from '../judging/grid.ts'
import { armName } from './arm-facts.ts'
import type { ComparableRun } from './comparable-run.ts'
import type { CompareFailure } from './compare-failure.ts'
import { comparedFactors } from './compared-factors.ts'
import type { NoiseFloor } from './comparison.ts'
import { levelPairs, mainContrast } from './contrast-specs.ts'
import { AA_FACTOR, labelFloors, noiseFloors } from './noise-floor.ts'
import { observeRuns } from './observe-runs.ts'

/** The noise floor of one player in one arm, or of two arms that are labels of the same. */
export interface ArmNoise {
  player: string
  arm: string
  repeats: number
  floors: NoiseFloor[]
}

/** How far a run's figures lie apart where nothing differs: each arm split in halves, or its A/A arms. */
export function noiseOfRun(run: ComparableRun, seed = String(run.manifest.seed)): Result<ArmNoise[], CompareFailure> {
  if (run.report.coverage.scored === 0) {
    return { ok: false, error: { kind: 'nothing-scored', message: `${run.folder}: no trial of this run was scored` } }
  }
  const factors = comparedFactors([run])
  const { observed } = observeRuns([run], factors)
  const players = [...groupBy(observed, trial => trial.player)].sort(([left], [right]) => compareText(left, right))
  const value = players.flatMap(([player, trials]) => {
    const grid = gridOf(trials)
    const arms = armsOf(trials, factors)
    const labels = factors.find(({ name }) => name === AA_FACTOR)
    if (labels !== undefined) return labelNoise({ player, factors, labels, grid, arms })
    return arms.map(arm => {
      const own = trials.filter(trial => trial.levels.every((level, index) => level === arm.levels[index]))
      const repeats = new Set(own.map(trial => trial.repeat)).size
      return { player, arm: armName(arm.levels) || 'all trials', repeats, floors: noiseFloors(grid, [arm.key], seed) }
    })
  })
  return { ok: true, value }
}

interface LabelInput {
  player: string
  factors: readonly ReportFactor[]
  labels: ReportFactor
  grid: ReturnType<typeof gridOf>
  arms: ReturnType<typeof armsOf>
}

function labelNoise({ player, factors, labels, grid, arms }: LabelInput): ArmNoise[] {
  const [pair] = levelPairs(labels)
  const contrast = pair && mainContrast({ factors, arms }, pair)
  if (pair === undefined || contrast === undefined) return []
  const arm = `${pair.other} − ${pair.baseline}, labels of the same arm`
  return [{ player, arm, repeats: 0, floors: labelFloors(grid, contrast) }]
}
