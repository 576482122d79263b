import type { JsonValue } from '../contracts/json.ts'
import type { ScriptFailure, ScriptOutcome, ScriptTimings } from '../contracts/script.ts'
import { callIntervals } from './call-intervals.ts'
import { endPendingCalls, ledgerOf } from './run-ending.ts'
import type { ScriptRun } from './script-run.ts'
import type { RunTimes } from './worker-messages.ts'

/** How a script itself ended; what its pending calls do comes after. `times` is absent when its worker told none. */
export type Ending =
  | { ok: true; json?: string; unawaitedAt: readonly string[]; times?: RunTimes | undefined }
  | { ok: false; failure: ScriptFailure; times?: RunTimes | undefined }

/** Waits for what the rule for pending calls allows, then puts the outcome together. */
export async function reportRun(run: ScriptRun, ending: Ending): Promise<ScriptOutcome> {
  const { tracker, logs, parts } = run
  const { script, request } = parts
  const notices = await endPendingCalls({ tracker, script, limits: request.limits, signal: request.signal })
  const closedMs = run.nowMs()
  const calls = ledgerOf(tracker, closedMs)
  const value = ending.ok && ending.json !== undefined ? { value: JSON.parse(ending.json) as JsonValue } : {}
  if (ending.ok) notices.push(...resultNotices(ending, logs.lines.length > 0))
  const report = { logs: logs.lines, logsDropped: logs.dropped, calls, notices }
  const timings = timingsOf(run, ending.times, closedMs)
  return ending.ok
    ? { ok: true, ...value, ...report, timings }
    : { ok: false, failure: ending.failure, ...report, timings }
}

function resultNotices(ending: Extract<Ending, { ok: true }>, hasPrinted: boolean): string[] {
  const notices: string[] = []
  if (ending.json === undefined && !hasPrinted) {
    notices.push('the script returned nothing and printed nothing: `return` a value, or print one with console.log')
  }
  if (ending.unawaitedAt.length > 0) {
    const places = ending.unawaitedAt.map(place => `\`result${place}\``).join(', ')
    notices.push(`${places}: a promise that was not awaited, shown as {}; use await or await Promise.all(…)`)
  }
  return notices
}

function timingsOf(run: ScriptRun, times: RunTimes | undefined, closedMs: number): ScriptTimings {
  const { tracker, measures, parts } = run
  const wallMs = run.nowMs()
  const { unionMs, sumMs } = callIntervals(tracker.calls, wallMs)
  return {
    stripMs: parts.stripMs,
    startMs: Math.max(0, measures.guestStartedMs - parts.stripMs) + (times?.startMs ?? 0),
    guestCpuMs: times?.guestCpuMs ?? measures.cpuMs,
    bridgeMs: (times?.bridgeMs ?? 0) + measures.transitMs,
    freezeMs: times?.freezeMs ?? 0,
    teardownMs: measures.resetMs + wallMs - closedMs,
    toolWaitMs: unionMs,
    approvalMs: run.approvals.totalMs(),
    wallMs,
    maxInFlight: tracker.maxInFlight,
    ...(unionMs > 0 && { utilisation: sumMs / unionMs }),
  }
}
