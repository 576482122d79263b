import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import { levelsKey, playerOf } from '../document/arms.ts'
import type { ComparableRun } from './comparable-run.ts'
import type { ComparisonStatus } from './comparison.ts'

/** Whether the declared trials are all there, and whether some were added after the first look was possible. */
export function comparisonStatus(runs: readonly ComparableRun[]): ComparisonStatus {
  const own = runs.filter(({ report }) => report.imported === undefined)
  const planned = own.reduce((total, { manifest }) => total + manifest.trialsPlanned, 0)
  const arrived = own.reduce((total, { report }) => total + report.coverage.scored + report.coverage.failed, 0)
  if (arrived < planned) return { kind: 'interim', missing: planned - arrived, planned }
  for (const run of own) {
    const reason = addedAfterLook(run)
    if (reason !== undefined) return { kind: 'exploratory', reason }
  }
  return { kind: 'final' }
}

/**
 * A plan that was fulfilled could be looked at. What a later, larger plan then added to arms that already had trials
 * was added after a look; a new model or a new arm was not.
 */
function addedAfterLook({ manifest, report }: ComparableRun): string | undefined {
  const plans = manifest.plans ?? []
  for (const [index, plan] of plans.entries()) {
    const before = plans[index - 1]
    if (before === undefined || plan.trialsPlanned <= before.trialsPlanned) continue
    if (plan.trialsDone < before.trialsPlanned) continue
    const [early, late] = split(report.trials, plan.at)
    const known = new Set(early.map(cellKey))
    const added = late.filter(trial => known.has(cellKey(trial))).length
    if (added === 0) continue
    return `${added} trials were added on ${plan.at.slice(0, 10)}, after all ${before.trialsPlanned} planned ones had ended and could be looked at`
  }
  return undefined
}

function split(trials: readonly TrialMetrics[], at: string): [TrialMetrics[], TrialMetrics[]] {
  const moment = Date.parse(at)
  const isEarly = (trial: TrialMetrics) => Date.parse(trial.startedAt) < moment
  return [trials.filter(isEarly), trials.filter(trial => !isEarly(trial))]
}

function cellKey(trial: TrialMetrics): string {
  const factors = Object.keys(trial.custom).sort()
  return JSON.stringify([playerOf(trial), levelsKey(trial, ['mode', 'reinjection', ...REST, ...factors])])
}

const REST = ['reinjectionCarrier', 'tools', 'leniency', 'protocolText', 'patchCarrier', 'typeCheck']
