import type { TrialEvent } from '../../../contracts/events.ts'
import { isToolError } from '../../../metrics/script-use.ts'
import type { TrialMetrics } from '../../../metrics/trial-metrics.ts'
import { TURN_BINS } from './details.ts'

/** Sums over the logs of some trials: what `trials.csv` has no column for. Its size does not grow with the trials. */
export interface LogTally {
  protocolErrors: Map<string, number>
  toolErrors: Map<string, number>
  approvals: Map<string, number>
  bins: { requests: number; distanceTokens: number; clausesKept: number; clausesTotal: number }[]
  /** Some trial had no prices, so its cost is unknown. */
  isUnpriced: boolean
}

export function emptyTally(): LogTally {
  const bins = TURN_BINS.map(() => ({ requests: 0, distanceTokens: 0, clausesKept: 0, clausesTotal: 0 }))
  return { protocolErrors: new Map(), toolErrors: new Map(), approvals: new Map(), bins, isUnpriced: false }
}

/** Adds the log of one scored trial. */
export function addToTally(tally: LogTally, events: readonly TrialEvent[]): void {
  let bin = tally.bins[0] as LogTally['bins'][number]
  for (const event of events) {
    if (event.type === 'trial_start') tally.isUnpriced ||= event.trial.prices === undefined
    else if (event.type === 'model_request') {
      bin = tally.bins[binOf(event.turn)] as typeof bin
      bin.requests++
      bin.distanceTokens += event.promptDistanceTokens
    } else if (event.type === 'protocol_error') raise(tally.protocolErrors, event.class)
    else if (event.type === 'tool_call') {
      if (isToolError(event.call)) raise(tally.toolErrors, event.call.error?.code ?? 'failed')
      if (event.call.approval !== undefined) raise(tally.approvals, event.call.tool)
    } else if (event.type === 'verifier_end' && event.clauses !== undefined) {
      const values = Object.values(event.clauses)
      bin.clausesKept += values.filter(value => value >= 1).length
      bin.clausesTotal += values.length
    }
  }
}

/** The sums of several tallies, none of them changed. */
export function mergedTally(tallies: readonly LogTally[]): LogTally {
  const merged = emptyTally()
  for (const tally of tallies) {
    merged.isUnpriced ||= tally.isUnpriced
    for (const name of ['protocolErrors', 'toolErrors', 'approvals'] as const)
      for (const [key, count] of tally[name]) raise(merged[name], key, count)
    for (const [index, bin] of tally.bins.entries()) {
      const into = merged.bins[index] as typeof bin
      into.requests += bin.requests
      into.distanceTokens += bin.distanceTokens
      into.clausesKept += bin.clausesKept
      into.clausesTotal += bin.clausesTotal
    }
  }
  return merged
}

/** Which trials share a tally: those of one player in one arm. */
export function tallyKey(player: string, trial: TrialMetrics): string {
  const { mode, reinjection, reinjectionCarrier, tools, leniency, protocolText, patchCarrier, typeCheck } = trial
  const levels = [mode, reinjection, reinjectionCarrier, tools, leniency, protocolText, patchCarrier, typeCheck]
  return JSON.stringify([player, ...levels, Object.entries(trial.custom).sort()])
}

function binOf(turn: number): number {
  const index = TURN_BINS.findLastIndex(first => first <= turn)
  return Math.max(0, index)
}

function raise(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}
