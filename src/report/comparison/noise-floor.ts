import { seededRandom } from '../../base/random.ts'
import { type Contrast, mainEffect } from '../../statistics/estimates/contrasts.ts'
import type { ReportFactor } from '../document/report.ts'
import { COMPARE_METRICS, type CompareMetric } from '../judging/compare-metrics.ts'
import type { Grid, GridCell, GridTask } from '../judging/grid.ts'
import { type Measurement, measure } from '../judging/measure.ts'
import type { NoiseFloor } from './comparison.ts'
import type { ContrastSpec } from './contrast-specs.ts'

/** Levels of a custom factor of this name are labels of one and the same arm. */
export const AA_FACTOR = 'aa'

/**
 * What no effect looks like: the trials of each arm split in halves by the parity of their number, a seeded coin for each
 * task deciding which half is called which. With the two arms of a contrast the split has that contrast's own noise.
 */
function splitHalves(grid: Grid, arms: readonly string[], seed: string): { grid: Grid; arms: string[][] } {
  const tasks = grid.tasks.map(task => splitTask(task, arms, seededRandom(`noise-floor/${seed}/${task.task}`)() < 0.5))
  return { grid: { ...grid, tasks }, arms: arms.map(arm => [halfOf(arm, 0), halfOf(arm, 1)]) }
}

function halfOf(arm: string, half: 0 | 1): string {
  return `${arm}/${half}`
}

function splitTask(task: GridTask, arms: readonly string[], isSwapped: boolean): GridTask {
  const players = [...task.players].map(([player, cells]) => {
    const halves = new Map<string, GridCell>()
    for (const arm of arms) {
      const scored = cells.get(arm)?.scored ?? []
      for (const half of [0, 1] as const) {
        const parity = isSwapped ? 1 - half : half
        halves.set(halfOf(arm, half), { scored: scored.filter((_, index) => index % 2 === parity), lost: 0 })
      }
    }
    return [player, halves] as const
  })
  return { ...task, players: new Map(players) }
}

interface FloorInput {
  grid: Grid
  specs: readonly ContrastSpec[]
  factors: readonly ReportFactor[]
  seed: string
}

/** The noise next to the primary contrast: that of its arms' halves, or of two arms that are labels of the same. */
export function aaFloors({ grid, specs, factors, seed }: FloorInput): NoiseFloor[] {
  const labels = factors.some(({ name }) => name === AA_FACTOR)
    ? specs.find(spec => spec.factor === AA_FACTOR && spec.isMain)
    : undefined
  if (labels !== undefined) return labelFloors(grid, labels.contrast)
  const primary = specs.find(spec => spec.isPrimary)
  return primary === undefined ? [] : noiseFloors(grid, [...primary.contrast.weights.keys()], seed)
}

/** The difference of two arms that are labels of the same. */
export function labelFloors(grid: Grid, contrast: Contrast): NoiseFloor[] {
  return COMPARE_METRICS.flatMap(metric => floorOf(metric, measure(grid, { contrast, kind: 'level' }, metric), 'arms'))
}

/** The noise floor of every metric that can be had. */
export function noiseFloors(grid: Grid, arms: readonly string[], seed: string): NoiseFloor[] {
  const halves = splitHalves(grid, arms, seed)
  const contrast = mainEffect(
    'halves',
    halves.arms.map(([first]) => first as string),
    halves.arms.map(([, second]) => second as string),
  )
  return COMPARE_METRICS.flatMap(metric => {
    const measured = measure(halves.grid, { contrast, kind: 'main' }, metric)
    return floorOf(metric, measured, 'repeats')
  })
}

/** Nothing for a metric of which nothing is known. */
function floorOf(metric: CompareMetric, measured: Measurement, source: NoiseFloor['source']): NoiseFloor[] {
  const { estimate, interval, tasks } = measured
  if (estimate === undefined && !metric.isConfirmatory) return []
  const onFooting = metric.scale === 'ratio' ? Math.exp : (value: number) => value
  return [
    {
      ...{ metric: metric.key, scale: metric.scale, source, tasks },
      ...(interval && { halfWidth: onFooting((interval.upper - interval.lower) / 2) }),
      ...(estimate !== undefined && { estimate: onFooting(estimate) }),
      ...(interval && { covers: interval.lower <= 0 && interval.upper >= 0 }),
    },
  ]
}
