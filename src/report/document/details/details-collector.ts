import { distinct } from '../../../base/lists.ts'
import type { TrialEvent } from '../../../contracts/events.ts'
import type { TrialMetrics } from '../../../metrics/trial-metrics.ts'
import { groupByArm, playerOf } from '../arms.ts'
import type { ReportFactor } from '../report.ts'
import { isScored } from '../summarise-arm.ts'
import { armDetails } from './arm-details.ts'
import type { ScopeDetails } from './details.ts'
import { failureGallery } from './failure-gallery.ts'
import { addToTally, emptyTally, type LogTally, mergedTally, tallyKey } from './log-tally.ts'

/** Sees each log once, while it is read, and keeps sums and a few examples of it. */
export interface DetailsCollector {
  add(trial: TrialMetrics, events: readonly TrialEvent[]): void
  detailsOf(trials: readonly TrialMetrics[], factors: readonly ReportFactor[]): ScopeDetails
}

export function detailsCollector(): DetailsCollector {
  const tallies = new Map<string, LogTally>()
  const gallery = failureGallery()
  const tallyOf = (trial: TrialMetrics) => {
    const key = tallyKey(playerOf(trial), trial)
    const tally = tallies.get(key) ?? emptyTally()
    tallies.set(key, tally)
    return tally
  }
  return {
    add: (trial, events) => {
      gallery.add(trial, events)
      if (isScored(trial)) addToTally(tallyOf(trial), events)
    },
    detailsOf: (trials, factors) => {
      const unpriced = new Set<string>()
      const arms = groupByArm(trials, factors).map(group => {
        const scored = group.trials.filter(isScored)
        const own = new Map(scored.map(trial => [tallyOf(trial), trial.model]))
        for (const [tally, model] of own) if (tally.isUnpriced) unpriced.add(model)
        return armDetails({ label: group.label, scored, tally: mergedTally([...own.keys()]) })
      })
      const { examples, leftOut } = gallery.of(new Set(distinct(trials.map(playerOf))))
      return { arms, examples, examplesLeftOut: leftOut, unpricedModels: [...unpriced].sort() }
    },
  }
}
