import type { JsonValue } from '../../contracts/json.ts'
import type { ScriptOutcome } from '../../contracts/script.ts'
import { endPendingCalls, ledgerOf } from './run-ending.ts'
import { type ExplainedEnd, explainEnd, type ScriptEnd } from './script-end.ts'
import type { ScriptRun } from './script-run.ts'

/** Waits for what the rule for pending calls allows, then puts the outcome together. */
export async function reportRun(run: ScriptRun, raw: ScriptEnd): Promise<ScriptOutcome> {
  const { approvals, logs, recorder, timers, tracker } = run
  const { cacheHit, script, request, stripMs, reader } = run.parts
  const linesOf = (stacks: readonly string[]) => reader.linesOf(script, stacks)
  const [notices, end] = await Promise.all([
    endPendingCalls({ tracker, linesOf, limits: request.limits, signal: request.signal }),
    explainEnd(raw, reader.explain),
  ])
  const calls = ledgerOf(tracker, run.nowMs())
  const value = end.ok && end.json !== undefined ? { value: JSON.parse(end.json) as JsonValue } : {}
  if (end.ok) notices.push(...resultNotices(end, logs.lines.length > 0))
  const recording = recorder?.finish(end, logs.lines)
  const { memoryPeakBytes } = run
  const { maxInFlight } = tracker
  const waits = { stripMs, calls: tracker.calls, maxInFlight, approvals: approvals.spans, timers: timers.spans }
  const report = {
    ...{ logs: logs.lines, logsDropped: logs.dropped, calls, notices, cacheHit },
    ...(memoryPeakBytes !== undefined && { memoryPeakBytes }),
    ...(recording && { recording }),
    timings: run.timeline.timings(waits),
  }
  return end.ok ? { ok: true, ...value, ...report } : { ok: false, failure: end.failure, ...report }
}

function resultNotices(end: Extract<ExplainedEnd, { ok: true }>, hasPrinted: boolean): string[] {
  const notices: string[] = []
  if (end.json === undefined && !hasPrinted) {
    notices.push('the script returned nothing and printed nothing: `return` a value, or print one with console.log')
  }
  if (end.unawaitedAt.length > 0) {
    const places = end.unawaitedAt.map(place => `\`result${place}\``).join(', ')
    notices.push(`${places}: a promise that was not awaited, shown as {}; use await or await Promise.all(…)`)
  }
  return notices
}
