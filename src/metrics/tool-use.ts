import type { TrialEvent } from '../contracts/events.ts'
import { eventsOf } from './events-of.ts'
import { maxOverlap, totalMs, unionOf } from './intervals.ts'
import { sum } from './sum.ts'
import { runIntervals } from './tool-time.ts'
import type { TrialMetrics } from './trial-metrics.ts'

type ToolUse = Pick<
  TrialMetrics,
  | 'toolCalls'
  | 'callsRefusedSerial'
  | 'shellCompoundCalls'
  | 'maxInFlight'
  | 'parallelUtilisation'
  | 'bytesFromTools'
  | 'approvalsAsked'
  | 'filesTouchedUnexpected'
  | 'osSandboxMs'
>

/** What the tools did, whichever mode asked. */
export function toolUse(events: readonly TrialEvent[]): ToolUse {
  const calls = eventsOf(events, 'tool_call').map(event => event.call)
  const runs = runIntervals(calls)
  const busyMs = totalMs(unionOf(runs))
  return {
    toolCalls: calls.length,
    callsRefusedSerial: eventsOf(events, 'call_refused').length,
    shellCompoundCalls: calls.filter(call => call.facts.compound === true).length,
    maxInFlight: maxOverlap(runs),
    parallelUtilisation: busyMs === 0 ? undefined : totalMs(runs) / busyMs,
    bytesFromTools: sum(calls.map(call => call.resultBytes)),
    approvalsAsked: calls.filter(call => call.approval !== undefined).length,
    filesTouchedUnexpected: eventsOf(events, 'workspace_diff').at(-1)?.unexpected?.length,
    osSandboxMs: sum(calls.map(call => call.facts.osSandboxMs ?? 0)),
  }
}
