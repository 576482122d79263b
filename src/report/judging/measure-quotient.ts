import type { Contrast } from '../../statistics/estimates/contrasts.ts'
import { ratioOfRatios, type TaskRatio } from '../../statistics/estimates/ratio-of-ratios.ts'
import { mean, sum } from '../../statistics/numbers/moments.ts'
import type { CompareMetric } from './compare-metrics.ts'
import type { Grid, GridCell, GridTask } from './grid.ts'
import type { Absent, LeftOut, MeasuredParts, Measurement } from './measure.ts'
import { pairsPerPlayer } from './pairs-per-player.ts'

type Quotient = Extract<CompareMetric['measure'], { kind: 'quotient' }>

/** Totals over tasks, each task with the mean of its trials above and below the line. */
export function measureQuotient(grid: Grid, contrast: Contrast, how: Quotient, leftOut: LeftOut): Measurement {
  const sides: Sides[] = []
  for (const task of grid.tasks) {
    const found = quotientSides(task, contrast, how)
    if (typeof found === 'string') leftOut[found] += 1
    else sides.push(found)
  }
  const clusters = new Set(sides.map(({ baseline }) => baseline.cluster)).size
  const pairs = sum(sides.map(each => each.players)) * pairsPerPlayer(contrast)
  const parts: MeasuredParts = { tasks: sides.length, clusters, pairs, values: [], leftOut }
  const ratio = ratioOfRatios(
    sides.map(({ baseline }) => baseline),
    sides.map(({ other }) => other),
  )
  if (ratio === undefined) return parts
  const { log } = ratio
  return {
    ...parts,
    ...{ estimate: log.estimate, interval: { lower: log.lower, upper: log.upper }, p: log.p },
    ...{ spread: log, method: 'linearised-ratio' },
  }
}

interface Sides {
  baseline: TaskRatio
  other: TaskRatio
  /** Those with a figure in every arm. */
  players: number
}

function quotientSides({ players, cluster }: GridTask, { weights }: Contrast, how: Quotient): Sides | Absent {
  const baseline = { cluster, above: 0, below: 0 }
  const other = { cluster, above: 0, below: 0 }
  let absent: Absent = 'noTrial'
  let counted = 0
  for (const arms of players.values()) {
    const found = [...weights].map(([arm, weight]) => ({ weight, means: quotientMeans(arms.get(arm), how) }))
    const missing = found.find(each => typeof each.means === 'string')
    if (missing !== undefined) {
      absent = missing.means as Absent
      continue
    }
    counted += 1
    for (const { weight, means } of found) {
      const side = weight > 0 ? other : baseline
      const { above, below } = means as { above: number; below: number }
      side.above += Math.abs(weight) * above
      side.below += Math.abs(weight) * below
    }
  }
  return counted > 0 ? { baseline, other, players: counted } : absent
}

function quotientMeans(
  cell: GridCell | undefined,
  { above, below }: Quotient,
): { above: number; below: number } | Absent {
  const trials = cell?.scored ?? []
  if (trials.length === 0) return 'noTrial'
  const aboves = trials.map(above)
  const belows = trials.map(below)
  if (aboves.includes(undefined) || belows.includes(undefined)) return 'unknown'
  return { above: mean(aboves as number[]) as number, below: mean(belows as number[]) as number }
}
