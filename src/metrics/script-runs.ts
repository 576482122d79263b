import type { TrialEvent, TypeCheckFacts } from '../contracts/events.ts'
import type { ScriptFailure, ScriptTimings } from '../contracts/script.ts'
import type { ToolCallRecord } from '../contracts/tool.ts'
import { SCRIPT_FAILURE_TRAITS } from '../contracts/traits/script-failures.ts'

/** One script and the calls between its start and its end. `timings` is absent when the log has no end for it. */
export interface ScriptRun {
  turn: number
  failure?: ScriptFailure
  calls: ToolCallRecord[]
  timings?: ScriptTimings
  typeCheck?: TypeCheckFacts
  memoryPeakBytes?: number
  cacheHit?: boolean
}

/** The scripts of a trial, in the order in which they started. */
export function scriptRuns(events: readonly TrialEvent[]): ScriptRun[] {
  const runs: ScriptRun[] = []
  let open: ScriptRun | undefined
  for (const event of events) {
    if (event.type === 'script_start') {
      open = { turn: event.turn, calls: [] }
      runs.push(open)
    } else if (event.type === 'tool_call') {
      open?.calls.push(event.call)
    } else if (event.type === 'script_end' && open !== undefined) {
      open.timings = event.timings
      if (event.failure !== undefined) open.failure = event.failure
      if (event.typeCheck !== undefined) open.typeCheck = event.typeCheck
      if (event.memoryPeakBytes !== undefined) open.memoryPeakBytes = event.memoryPeakBytes
      if (event.cacheHit !== undefined) open.cacheHit = event.cacheHit
      open = undefined
    }
  }
  return runs
}

/** Whether the script failed, for a reason that counts. A class that is unknown here, from another version's log, counts. */
export function hasFailed({ failure }: Pick<ScriptRun, 'failure'>): boolean {
  return failure !== undefined && SCRIPT_FAILURE_TRAITS[failure.class]?.isCounted !== false
}
