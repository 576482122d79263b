import type { ScriptCall, ScriptLimits } from '../contracts/script.ts'
import type { PreparedScript } from './prepare-script.ts'
import type { PromiseTracker, TrackedCall } from './promise-tracker.ts'
import { positionInScript } from './script-position.ts'

/** On a cancellation from outside nobody waits long: tools get this much time to obey their signal. */
const CANCEL_GRACE_MS = 100
const NAMED_MAX = 5

interface EndingParts {
  tracker: PromiseTracker
  script: PreparedScript
  limits: ScriptLimits
  isCancelled: boolean
}

/** `tools.exec (line 3), tools.exec (line 4) and 7 more` */
function nameCalls(calls: readonly TrackedCall[], script: PreparedScript): string {
  const names = calls.slice(0, NAMED_MAX).map(entry => {
    const line = positionInScript(entry.stack, script)?.line
    return line === undefined ? `tools.${entry.call.tool}` : `tools.${entry.call.tool} (line ${line})`
  })
  const more = calls.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}

async function whenSettledOr(
  tracker: PromiseTracker,
  calls: readonly TrackedCall[],
  durationMs: number,
): Promise<void> {
  if (calls.length === 0) return
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<void>(resolve => {
    timer = setTimeout(resolve, durationMs)
  })
  await Promise.race([tracker.whenSettled(calls), timeUp])
  clearTimeout(timer)
}

/**
 * The rule for calls that are still pending when a script ends: what was queued never starts, reads are cancelled,
 * writes may finish within the grace period. Returns a sentence for each group.
 */
export async function endPendingCalls({ tracker, script, limits, isCancelled }: EndingParts): Promise<string[]> {
  const { neverStarted, running } = tracker.close()
  const writes = running.filter(entry => entry.effect === 'write')
  const reads = running.filter(entry => entry.effect === 'read')
  for (const entry of isCancelled ? running : reads) tracker.cancel(entry)
  await whenSettledOr(tracker, writes, isCancelled ? Math.min(limits.graceMs, CANCEL_GRACE_MS) : limits.graceMs)
  const late = writes.filter(entry => entry.state === 'running')
  for (const entry of late) tracker.cancel(entry)
  const finished = writes.filter(entry => entry.state === 'settled')
  const groups: [readonly TrackedCall[], string][] = [
    [neverStarted, 'had not started when the script ended and never did'],
    [reads, 'still ran when the script ended and was cancelled'],
    [finished, 'still ran when the script ended and finished then'],
    [late, `still ran when the script ended and was cancelled; it may have had effects`],
  ]
  return groups
    .filter(([calls]) => calls.length > 0)
    .map(([calls, text]) => `${nameCalls(calls, script)}: not awaited; ${text}`)
}

/** The ledger as it goes into the log. */
export function ledgerOf(tracker: PromiseTracker): ScriptCall[] {
  return tracker.calls.map(entry => ({
    callId: entry.call.callId,
    tool: entry.call.tool,
    args: entry.call.args,
    effect: entry.effect,
    status: entry.state === 'settled' ? entry.status : 'cancelled',
    ...(entry.error && { error: entry.error }),
    startedMs: entry.startedMs,
    ms: Math.max(0, entry.endedMs - entry.startedMs),
    ...(entry.settled !== undefined && { settled: entry.settled }),
    awaited: entry.awaited,
  }))
}
