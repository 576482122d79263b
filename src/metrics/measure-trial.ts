import type { TrialEvent } from '../contracts/events.ts'
import { errorCounts } from './error-counts.ts'
import { eventsOf } from './events-of.ts'
import { repair } from './repair.ts'
import { scriptRuns } from './script-runs.ts'
import { scriptUse } from './script-use.ts'
import { timeUse } from './time-use.ts'
import { tokenUse } from './token-use.ts'
import { toolUse } from './tool-use.ts'
import { trialEnding, trialIdentity } from './trial-identity.ts'
import type { TrialMetrics } from './trial-metrics.ts'

/** A trial in numbers. Nothing for a log without a beginning or an end: such a trial was interrupted, not measured. */
export function measureTrial(events: readonly TrialEvent[]): TrialMetrics | undefined {
  const start = eventsOf(events, 'trial_start')[0]
  const end = eventsOf(events, 'trial_end').at(-1)
  if (start === undefined || end === undefined) return undefined
  const runs = scriptRuns(events)
  const scripts = scriptUse(runs)
  return {
    ...trialIdentity(start, events),
    ...trialEnding(end.outcome, events),
    turns: eventsOf(events, 'model_request').length,
    ...errorCounts(events),
    ...toolUse(events),
    ...scripts,
    ...repair(events, runs),
    ...tokenUse(events, start.trial.prices),
    ...timeUse(events, end, scripts),
  }
}
