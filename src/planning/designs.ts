import type { TrialMetrics } from '../metrics/trial-metrics.ts'
import { varianceParts } from '../statistics/estimates/variance-parts.ts'
import { mean, sum, variance } from '../statistics/numbers/moments.ts'
import { ASSUMED_INTRACLASS_CORRELATION, ASSUMED_VARIANCES } from './assumed-designs.ts'
import { clusterSizes, designEffect, intraclassCorrelation } from './cluster-effect.ts'
import { type PilotPlayer, pilotPlayers } from './pilot.ts'
import { type Designs, type MetricDesign, PLANNED_METRICS, type PlannedContrast, type PlannedMetric } from './plan.ts'

interface DesignInput {
  /** The cluster of every planned task. */
  clusters: readonly string[]
  contrast?: PlannedContrast
  /** Trials of the pilot's players that count. */
  pilot?: readonly TrialMetrics[]
}

/** The variances that a plan rests on: the pilot's where they can be had, else assumed. */
export function designsOf(input: DesignInput): Designs {
  const designs = PLANNED_METRICS.map(metric => [metric, designOf(metric, input)] as const)
  return Object.fromEntries(designs) as Designs
}

function designOf(metric: PlannedMetric, { clusters, contrast, pilot }: DesignInput): MetricDesign {
  const sizes = clusterSizes(clusters)
  const players = contrast && pilot ? pilotPlayers(pilot, contrast, metric) : []
  const found = players.flatMap(player => playerDesign(player, metric) ?? [])
  const tasks = sum(found.map(each => each.tasks))
  if (tasks === 0) {
    const { effectVariance, noise } = ASSUMED_VARIANCES[metric]
    const deff = designEffect(sizes, ASSUMED_INTRACLASS_CORRELATION)
    return { effectVariance, noiseBaseline: noise, noiseOther: noise, designEffect: deff, source: 'assumed' }
  }
  const weighted = (pick: (design: PlayerDesign) => number) =>
    sum(found.map(design => design.tasks * pick(design))) / tasks
  return {
    effectVariance: weighted(each => each.effectVariance),
    noiseBaseline: weighted(each => each.noiseBaseline),
    noiseOther: weighted(each => each.noiseOther),
    designEffect: designEffect(
      sizes,
      weighted(each => each.intraclassCorrelation),
    ),
    source: found.some(each => each.isSplitAssumed) ? 'split-assumed' : 'pilot',
  }
}

interface PlayerDesign {
  tasks: number
  effectVariance: number
  noiseBaseline: number
  noiseOther: number
  intraclassCorrelation: number
  isSplitAssumed: boolean
}

/** One player's variances: ω̂² = max(0, Var(d) − noise) (Miller 2024, §5). Nothing where all tasks were equal. */
function playerDesign(pilot: PilotPlayer, metric: PlannedMetric): PlayerDesign | undefined {
  const { cells, differences, noiseWeight } = pilot
  const total = variance(differences.map(each => each.value))
  if (total === undefined) return undefined
  const other = varianceParts(cells.other)?.within
  const baseline = varianceParts(cells.baseline)?.within
  const rest = {
    tasks: differences.length,
    intraclassCorrelation: intraclassCorrelation(differences) ?? ASSUMED_INTRACLASS_CORRELATION,
  }
  if (other === undefined || baseline === undefined) {
    if (!(total > 0)) return undefined
    const weight = noiseWeight.other + noiseWeight.baseline
    const noise = Math.min(ASSUMED_VARIANCES[metric].noise, total / weight)
    return {
      ...{ ...rest, effectVariance: Math.max(0, total - noise * weight), isSplitAssumed: true },
      ...{ noiseBaseline: noise, noiseOther: noise },
    }
  }
  if (!(total + other + baseline > 0)) return undefined
  const effectVariance = Math.max(0, total - other * noiseWeight.other - baseline * noiseWeight.baseline)
  return { ...rest, effectVariance, noiseBaseline: baseline, noiseOther: other, isSplitAssumed: false }
}

/** Trials a cell of the pilot has, in the middle. */
export function pilotRepeats(pilot: readonly TrialMetrics[], contrast: PlannedContrast): number {
  const players = pilotPlayers(pilot, contrast, 'solved')
  const counts = players.flatMap(({ cells }) => [...cells.other, ...cells.baseline].map(cell => cell.length))
  return mean(counts) ?? 0
}
