import { defined } from '../base/defined.ts'
import { canonicalJson } from '../base/digest.ts'
import { isBilled } from '../base/models/model-kind.ts'
import type { Trial } from '../contracts/trial.ts'
import type { Forecast } from '../matrix/forecast.ts'
import { addRanges, type Range, ZERO } from '../matrix/range.ts'
import type { TrialMetrics } from '../metrics/trial-metrics.ts'
import { mean } from '../statistics/numbers/moments.ts'
import { armOf, playerOf } from './pilot.ts'
import type { Spend, SpendBasis } from './plan.ts'

interface SpendInput {
  /** All planned trials, of every task, model and arm. */
  trials: readonly Trial[]
  forecast: Forecast
  pilot?: readonly TrialMetrics[]
}

/** What one task costs and takes once in every arm by every model: as the pilot measured it, else as forecast. */
export function spendBasis({ trials, forecast, pilot = [] }: SpendInput): SpendBasis {
  const byModel = Map.groupBy(trials, trial => plannedPlayer(trial))
  const unpriced: string[] = []
  const untimed: string[] = []
  const sources = new Set<'pilot' | 'forecast'>()
  let costUsd = ZERO
  let wallMs = 0
  for (const [model, own] of byModel) {
    const arms = [...new Map(own.map(trial => [canonicalJson(trial.arm), trial.arm])).values()]
    const measured = pilot.filter(trial => playerOf(trial) === model && trial.outcome !== 'cancelled')
    const cost = costOf({ own, arms, measured, forecast, pairs: own.length / arms.length })
    if (cost === undefined) unpriced.push(model)
    else {
      costUsd = addRanges(costUsd, cost.range)
      if (cost.source !== undefined) sources.add(cost.source)
    }
    const wall = perUnit(arms, measured, trial => trial.wallMs)
    if (wall === undefined) untimed.push(model)
    else wallMs += wall
  }
  const known = sources.size === 0 ? 'nothing-billed' : sources.size > 1 ? 'mixed' : ([...sources][0] as 'pilot')
  return {
    unit: { ...(unpriced.length === 0 && { costUsd }), ...(untimed.length === 0 && { wallMs }) },
    cost: unpriced.length > 0 ? 'unknown' : known,
    ...{ unpriced, untimed },
  }
}

function plannedPlayer({ model }: Trial): string {
  const { spec, parameters } = model
  return Object.keys(parameters).length === 0 ? spec : `${spec} ${canonicalJson(parameters)}`
}

interface CostInput {
  own: readonly Trial[]
  arms: readonly Trial['arm'][]
  measured: readonly TrialMetrics[]
  forecast: Forecast
  /** The number of pairs of task and repeat. */
  pairs: number
}

function costOf({ own, arms, measured, forecast, pairs }: CostInput) {
  const { spec, parameters } = (own[0] as Trial).model
  if (!isBilled(spec)) return { range: ZERO }
  const paid = perUnit(arms, measured, trial => trial.costUsd)
  if (paid !== undefined) return { range: { low: paid, high: paid }, source: 'pilot' as const }
  const entry = forecast.models.find(
    each => each.model === spec && canonicalJson(each.parameters) === canonicalJson(parameters),
  )
  if (entry?.costUsd === undefined) return undefined
  const { low, high } = entry.costUsd
  return { range: { low: low / pairs, high: high / pairs }, source: 'forecast' as const }
}

/** The sum over arms of a mean trial; an arm that the pilot lacks takes the mean of those it has. */
function perUnit(
  arms: readonly Trial['arm'][],
  trials: readonly TrialMetrics[],
  pick: (trial: TrialMetrics) => number | undefined,
): number | undefined {
  const byArm = Map.groupBy(trials, trial => canonicalJson(armOf(trial)))
  const means = arms.map(arm => mean((byArm.get(canonicalJson(arm)) ?? []).flatMap(trial => pick(trial) ?? [])))
  const average = mean(means.flatMap(each => each ?? []))
  if (average === undefined) return undefined
  return means.reduce<number>((total, each) => total + (each ?? average), 0)
}

/** Money and time of so many tasks and repeats. */
export function spendOf({ unit }: SpendBasis, units: number, concurrency: number): Spend {
  const { costUsd, wallMs } = unit
  return defined({
    costUsd: costUsd && scaled(costUsd, units),
    durationMs: wallMs === undefined ? undefined : (wallMs * units) / concurrency,
  })
}

function scaled({ low, high }: Range, factor: number): Range {
  return { low: low * factor, high: high * factor }
}
