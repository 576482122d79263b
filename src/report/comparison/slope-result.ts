import { type Slope, type SlopePoint, slopeOf } from '../../statistics/estimates/slope.ts'
import type { CompareMetric } from '../judging/compare-metrics.ts'
import type { Grid } from '../judging/grid.ts'
import { measure } from '../judging/measure.ts'
import type { SlopeResult } from './comparison.ts'
import type { ContrastSpec } from './contrast-specs.ts'

/** How a ratio changes with the calls a task needs per look; nothing where no task declares them. */
export function slopeResult(grid: Grid, spec: ContrastSpec, metric: CompareMetric): SlopeResult | undefined {
  const callsPerLook = new Map(grid.tasks.map(task => [task.task, task.callsPerLook]))
  const placed = measure(grid, spec, metric).values.flatMap(({ task, cluster, value }) => {
    const calls = callsPerLook.get(task)
    return calls === undefined ? [] : [{ task, cluster, calls, value }]
  })
  if (placed.length === 0) return undefined
  const points: SlopePoint[] = placed.map(({ cluster, calls, value }) => ({ cluster, x: Math.log2(calls), y: value }))
  const found = slopeOf(points)
  return {
    ...{ contrast: spec.name, metric: metric.key, tasks: points.length },
    ...(found && figuresOf(found)),
    points: placed.map(({ task, calls, value }) => ({ task, callsPerLook: calls, ratio: Math.exp(value) })),
    sentence: sentenceOf(found, spec, metric),
  }
}

function figuresOf({ slope, lower, upper, p, breakEven, breakEvenInterval }: Slope) {
  return {
    ...{ slope, interval: { lower, upper }, p },
    ...(breakEven !== undefined && { breakEven: 2 ** breakEven }),
    ...(breakEvenInterval && {
      breakEvenInterval: { lower: 2 ** breakEvenInterval.lower, upper: 2 ** breakEvenInterval.upper },
    }),
  }
}

function sentenceOf(found: Slope | undefined, { other, baseline }: ContrastSpec, { noun }: CompareMetric): string {
  if (found === undefined) {
    return `Whether the ratio of ${noun} depends on calls per look cannot be said: fewer than three clusters of tasks, or all with the same calls per look.`
  }
  const perDoubling = [found.slope, found.lower, found.upper].map(value => Math.exp(value).toFixed(2))
  const start = `Each doubling of the calls per look multiplies the ratio of ${noun} (${other} to ${baseline}) by ${perDoubling[0]} [${perDoubling[1]}, ${perDoubling[2]}].`
  if (found.breakEven === undefined || found.breakEvenInterval === undefined) {
    return `${start} No break-even point can be given.`
  }
  const side = found.slope < 0 ? 'from' : 'up to'
  const calls = [found.breakEven, found.breakEvenInterval.lower, found.breakEvenInterval.upper].map(callsText)
  return `${start} ${other} needs fewer ${side} ${calls[0]} calls per look [${calls[1]}, ${calls[2]}].`
}

function callsText(log2: number): string {
  const calls = 2 ** log2
  return calls >= 100 ? calls.toFixed(0) : calls.toFixed(1)
}
