import type { TrialEvent } from '../contracts/events.ts'
import { eventsOf } from './events-of.ts'
import { hasFailed, type ScriptRun } from './script-runs.ts'
import { sumKnown } from './sum.ts'
import { billedReplies, tokensOf } from './token-use.ts'
import type { TrialMetrics } from './trial-metrics.ts'

type Repair = Pick<TrialMetrics, 'repairTurns' | 'repairTokens'>

/** The turns right after a protocol error or a failed script, and the tokens they took. */
export function repair(events: readonly TrialEvent[], runs: readonly ScriptRun[]): Repair {
  const broken = new Set(eventsOf(events, 'protocol_error').map(event => event.turn))
  for (const run of runs) if (hasFailed(run)) broken.add(run.turn)
  const turns = new Set(
    eventsOf(events, 'model_request')
      .map(request => request.turn)
      .filter(turn => broken.has(turn - 1)),
  )
  const replies = billedReplies(events).filter(reply => turns.has(reply.turn))
  const tokens = sumKnown(replies.map(reply => tokensOf(reply.usage)))
  return { repairTurns: turns.size, repairTokens: turns.size === 0 ? 0 : tokens }
}
