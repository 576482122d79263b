import { canonicalJson } from '../base/digest.ts'
import { isEvidence } from '../base/models/player-kind.ts'
import type { Arm } from '../contracts/arm.ts'
import { IS_SCORED } from '../contracts/trial.ts'
import type { TrialMetrics } from '../metrics/trial-metrics.ts'
import type { ClusteredValue } from '../statistics/numbers/cluster-sums.ts'
import { mean, sum } from '../statistics/numbers/moments.ts'
import type { PlannedContrast, PlannedMetric } from './plan.ts'

/** One player's tasks as a paired comparison sees them, with what each task's figure rests on. */
export interface PilotPlayer {
  player: string
  /** Other − baseline, one a task. */
  differences: ClusteredValue[]
  /** Trials of every cell on a side. */
  cells: { other: number[][]; baseline: number[][] }
  /** Mean over tasks of what the noise of one trial is multiplied by. */
  noiseWeight: { other: number; baseline: number }
}

export function levelOf(trial: TrialMetrics, factor: string): string | undefined {
  if (Object.hasOwn(trial.custom, factor)) return trial.custom[factor]
  return (trial as unknown as Record<string, string | undefined>)[factor]
}

export function playerOf({ model, params }: TrialMetrics): string {
  return params === undefined ? model : `${model} ${params}`
}

/** Whether trials of this player say anything about models. */
export function isModel({ playerKind }: Pick<TrialMetrics, 'playerKind'>): boolean {
  return isEvidence(playerKind)
}

/** The figure of a trial on the scale of its metric; nothing where it has none. */
function figureOf(trial: TrialMetrics, metric: PlannedMetric): number | undefined {
  if (!IS_SCORED[trial.outcome]) return undefined
  if (metric === 'solved') return trial.outcome === 'solved' ? 1 : 0
  const amount = trial[metric]
  return amount !== undefined && amount > 0 ? Math.log(amount) : undefined
}

/** The trials on both sides of the contrast, player by player. Other factors are paired level by level. */
export function pilotPlayers(
  trials: readonly TrialMetrics[],
  contrast: PlannedContrast,
  metric: PlannedMetric,
): PilotPlayer[] {
  const groups = [...Map.groupBy(trials, playerOf)]
  return groups.flatMap(([player, own]) => pilotPlayer(player, own, contrast, metric) ?? [])
}

function pilotPlayer(
  player: string,
  trials: readonly TrialMetrics[],
  contrast: PlannedContrast,
  metric: PlannedMetric,
): PilotPlayer | undefined {
  const found: PilotPlayer = {
    player,
    differences: [],
    cells: { other: [], baseline: [] },
    noiseWeight: { other: 0, baseline: 0 },
  }
  const weights = { other: [] as number[], baseline: [] as number[] }
  for (const own of Map.groupBy(trials, trial => trial.task).values()) {
    const pairs = [...Map.groupBy(own, trial => restKey(trial, contrast.factor)).values()].flatMap(group => {
      const side = (level: string) =>
        group.filter(trial => levelOf(trial, contrast.factor) === level).flatMap(trial => figureOf(trial, metric) ?? [])
      const [other, baseline] = [side(contrast.other), side(contrast.baseline)]
      return other.length > 0 && baseline.length > 0 ? [{ other, baseline }] : []
    })
    if (pairs.length === 0) continue
    const shifts = pairs.map(pair => (mean(pair.other) as number) - (mean(pair.baseline) as number))
    found.differences.push({ cluster: (own[0] as TrialMetrics).cluster, value: mean(shifts) as number })
    for (const side of ['other', 'baseline'] as const) {
      found.cells[side].push(...pairs.map(pair => pair[side]))
      weights[side].push(sum(pairs.map(pair => 1 / pair[side].length)) / pairs.length ** 2)
    }
  }
  if (found.differences.length === 0) return undefined
  found.noiseWeight = { other: mean(weights.other) as number, baseline: mean(weights.baseline) as number }
  return found
}

/** The trial's arm, as a planned trial has it. */
export function armOf(trial: TrialMetrics): Arm {
  const { mode, reinjection, reinjectionCarrier, tools, leniency, protocolText, patchCarrier, typeCheck, custom } =
    trial
  return { mode, reinjection, reinjectionCarrier, tools, leniency, protocolText, patchCarrier, typeCheck, custom }
}

/** The trial's levels of all factors but one. */
function restKey(trial: TrialMetrics, factor: string): string {
  const { custom, ...builtIn } = armOf(trial)
  return canonicalJson({ ...builtIn, ...custom, [factor]: undefined })
}
