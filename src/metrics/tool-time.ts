import type { ToolCallRecord } from '../contracts/tool.ts'
import type { Interval } from './intervals.ts'

/**
 * When each call ran. A person asked before the call is waited for between queue and start; where the record has a
 * longer wait than that, the call itself asked half-way (on-failure), and that part counts as waiting, at its end.
 */
export function runIntervals(calls: readonly ToolCallRecord[]): Interval[] {
  return calls.map(call => ({ startMs: call.startedAtMs, endMs: call.endedAtMs - waitInsideMs(call) }))
}

/** When each call waited: queued, or waiting for a person. */
export function waitIntervals(calls: readonly ToolCallRecord[]): Interval[] {
  return calls.flatMap(call => [
    { startMs: call.queuedAtMs, endMs: call.startedAtMs },
    { startMs: call.endedAtMs - waitInsideMs(call), endMs: call.endedAtMs },
  ])
}

function waitInsideMs({ queuedAtMs, startedAtMs, endedAtMs, approvalMs }: ToolCallRecord): number {
  const insideMs = approvalMs - (startedAtMs - queuedAtMs)
  return Math.min(Math.max(0, insideMs), endedAtMs - startedAtMs)
}
