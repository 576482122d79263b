import type { ScriptCall, ScriptLimits } from '../../contracts/script.ts'
import type { PromiseTracker, TrackedCall } from './promise-tracker.ts'

/** How long tools get to obey their signal. */
const CANCEL_GRACE_MS = 100
const NAMED_MAX = 5
const REMEDY = 'if it was meant to finish, await it, or the function that calls it'

interface EndingParts {
  tracker: PromiseTracker
  /** The lines of the script at which these stacks begin. */
  linesOf(stacks: readonly string[]): Promise<(number | undefined)[]>
  limits: ScriptLimits
  /** Aborted: no one waits for writes any more. */
  signal?: AbortSignal | undefined
}

/** `tools.exec (line 3), tools.exec (line 4) and 7 more` */
function nameCalls(calls: readonly TrackedCall[], lines: readonly (number | undefined)[]): string {
  const names = calls.slice(0, NAMED_MAX).map((entry, index) => {
    const line = lines[index]
    return line === undefined ? `tools.${entry.call.tool}` : `tools.${entry.call.tool} (line ${line})`
  })
  const more = calls.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}

/** Resolves when the calls are settled, after `durationMs`, or when the signal aborts. */
async function whenSettledOr(parts: EndingParts, calls: readonly TrackedCall[], durationMs: number): Promise<void> {
  if (calls.length === 0 || parts.signal?.aborted) return
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
  const timer = setTimeout(stop, Math.min(durationMs, 2 ** 31 - 1))
  const onAbort = () => stop()
  parts.signal?.addEventListener('abort', onAbort)
  await Promise.race([parts.tracker.whenSettled(calls), stopped])
  parts.signal?.removeEventListener('abort', onAbort)
  clearTimeout(timer)
}

/**
 * The rule for calls that are still pending when a script ends: what was queued never starts, reads are cancelled,
 * writes may finish within the grace period. Returns a sentence for each group.
 */
export async function endPendingCalls(parts: EndingParts): Promise<string[]> {
  const { tracker, linesOf, limits } = parts
  const { neverStarted, running } = tracker.close()
  const writes = running.filter(entry => entry.effect === 'write')
  const reads = running.filter(entry => entry.effect === 'read')
  for (const entry of reads) tracker.cancel(entry)
  await whenSettledOr(parts, writes, limits.graceMs)
  const late = writes.filter(entry => entry.state === 'running')
  for (const entry of late) tracker.cancel(entry)
  await whenSettledOr({ tracker, linesOf, limits }, late, Math.min(limits.graceMs, CANCEL_GRACE_MS))
  const finished = writes.filter(entry => !late.includes(entry))
  const groups: [readonly TrackedCall[], string][] = [
    [neverStarted, `had not started when the script ended and never did; ${REMEDY}`],
    [reads, `still ran when the script ended and was cancelled; ${REMEDY}`],
    [finished, 'still ran when the script ended and finished then'],
    [late, 'still ran when the script ended and was cancelled; it may have had effects'],
  ]
  const named = groups
    .filter(([calls]) => calls.length > 0)
    .map(async ([calls, text]) => {
      const lines = await linesOf(calls.slice(0, NAMED_MAX).map(({ stack }) => stack))
      return `${nameCalls(calls, lines)}: not awaited; ${text}`
    })
  return Promise.all(named)
}

/** The ledger as it goes into the log. */
export function ledgerOf(tracker: PromiseTracker, nowMs: number): ScriptCall[] {
  return tracker.calls.map(entry => ({
    callId: entry.call.callId,
    tool: entry.call.tool,
    args: entry.call.args,
    effect: entry.effect,
    status: entry.state === 'settled' ? entry.status : 'cancelled',
    ...(entry.error && { error: entry.error }),
    startedMs: entry.startedMs,
    ms: (entry.state === 'running' ? nowMs : entry.endedMs) - entry.startedMs,
    ...(entry.settled !== undefined && { settled: entry.settled }),
    awaited: entry.awaited,
  }))
}
