import { compareText, distinct, groupBy } from '../../base/lists.ts'
import { isEvidence } from '../../base/models/player-kind.ts'
import { STRATA } from '../../contracts/task.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import { groupByArm, playerOf } from './arms.ts'
import type { DetailsCollector } from './details/details-collector.ts'
import type { Player, Report, ReportFactor, Scope, TaskRow } from './report.ts'
import { isScored, summariseArm } from './summarise-arm.ts'

export function playersOf(trials: readonly TrialMetrics[]): Player[] {
  const players = [...groupBy(trials, playerOf)].map(([model, group]) => {
    const kind = (group[0] as TrialMetrics).playerKind
    return { model, kind, isEvidence: isEvidence(kind), trials: group.length }
  })
  return players.sort((left, right) => compareText(left.model, right.model))
}

/** Real models together where there are several, then each player by itself. Players that are not models never mix. */
export function scopesOf(
  trials: readonly TrialMetrics[],
  factors: readonly ReportFactor[],
  collected: DetailsCollector,
): Pick<Report, 'scopes' | 'details'> {
  const players = playersOf(trials)
  const models = players.filter(player => player.isEvidence)
  const others = players.filter(player => !player.isEvidence)
  const byPlayer = groupBy(trials, playerOf)
  const single = [...models, ...others].map(({ model }) => ({ name: model, own: byPlayer.get(model) ?? [] }))
  const real = trials.filter(trial => isEvidence(trial.playerKind))
  const groups = models.length < 2 ? single : [{ name: `All models (${models.length})`, own: real }, ...single]
  return {
    scopes: groups.map(({ name, own }) => scopeOf(name, own, factors)),
    details: groups.map(({ own }) => collected.detailsOf(own, factors)),
  }
}

function scopeOf(name: string, trials: readonly TrialMetrics[], factors: readonly ReportFactor[]): Scope {
  const kinds = distinct(trials.map(trial => trial.playerKind)).sort(compareText)
  const strata = STRATA.filter(stratum => trials.some(trial => trial.stratum === stratum))
  return {
    name,
    kinds,
    isEvidence: kinds.every(isEvidence),
    arms: groupByArm(trials, factors).map(summariseArm),
    strata: strata.map(stratum => {
      const own = trials.filter(trial => trial.stratum === stratum)
      return { stratum, arms: groupByArm(own, factors).map(summariseArm) }
    }),
    tasks: taskRows(trials, factors),
  }
}

function taskRows(trials: readonly TrialMetrics[], factors: readonly ReportFactor[]): TaskRow[] {
  const arms = groupByArm(trials, factors).map(arm => groupBy(arm.trials, trial => trial.task))
  const rows = [...groupBy(trials, trial => trial.task)].map(([task, group]) => ({
    task,
    stratum: (group[0] as TrialMetrics).stratum,
    cells: arms.map(byTask => cellOf(byTask.get(task) ?? [])),
  }))
  const rank = (row: TaskRow) => STRATA.indexOf(row.stratum)
  return rows.sort((left, right) => rank(left) - rank(right) || compareText(left.task, right.task))
}

function cellOf(trials: readonly TrialMetrics[]): TaskRow['cells'][number] {
  const count = (outcome: TrialMetrics['outcome']) => trials.filter(trial => trial.outcome === outcome).length
  return {
    solved: count('solved'),
    scored: trials.filter(isScored).length,
    limited: count('limited'),
    failed: count('failed'),
  }
}
