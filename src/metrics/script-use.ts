import type { ScriptTimings } from '../contracts/script.ts'
import { hasFailed, type ScriptRun } from './script-runs.ts'
import { largest, sum, sumKnown } from './sum.ts'
import type { TrialMetrics } from './trial-metrics.ts'

type ScriptUse = Pick<
  TrialMetrics,
  | 'scripts'
  | 'scriptFailures'
  | 'scriptFirstRunOk'
  | 'errorsScript'
  | 'errorsToolHandled'
  | 'partialEffects'
  | 'scriptSandboxMs'
  | 'scriptGuestCpuMs'
  | 'typeCheckMs'
  | 'typeProblems'
  | 'scriptFailureClasses'
  | 'scriptMemoryPeakBytes'
  | 'scriptCacheHits'
  | 'scriptTimerMs'
>

/** What the scripts did, and what running them took. */
export function scriptUse(runs: readonly ScriptRun[]): ScriptUse {
  const failed = runs.filter(hasFailed)
  const timings = runs.flatMap(run => run.timings ?? [])
  const succeeded = runs.filter(run => run.timings !== undefined && run.failure === undefined)
  const checks = runs.flatMap(({ typeCheck }) => (typeCheck !== undefined && 'ms' in typeCheck ? [typeCheck] : []))
  const interrupted = runs.filter(run => run.failure !== undefined)
  return {
    scripts: runs.length,
    scriptFailures: failed.length,
    scriptFirstRunOk: runs[0] && !hasFailed(runs[0]),
    errorsScript: failed.filter(run => run.failure?.class !== 'tool-error').length,
    errorsToolHandled: succeeded.flatMap(run => run.calls).filter(isToolError).length,
    partialEffects: interrupted
      .flatMap(run => run.calls)
      .filter(call => call.status === 'ok' && call.effect === 'write').length,
    scriptSandboxMs: sum(timings.map(sandboxMs)),
    scriptGuestCpuMs: sum(timings.map(timing => timing.guestCpuMs)),
    typeCheckMs: checks.length === 0 ? undefined : sum(checks.map(check => check.ms)),
    typeProblems: checks.length === 0 ? undefined : sum(checks.map(check => check.problems.length)),
    scriptFailureClasses: failureClasses(failed),
    scriptMemoryPeakBytes: largest(runs.flatMap(run => run.memoryPeakBytes ?? [])),
    scriptCacheHits: sumKnown(runs.flatMap(({ cacheHit }) => (cacheHit === undefined ? [] : [Number(cacheHit)]))),
    scriptTimerMs: sumKnown(timings.flatMap(timing => timing.timerWaitMs ?? [])),
  }
}

/** `thrown 2; tool-error 1`, in the order in which they first came. */
function failureClasses(failed: readonly ScriptRun[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { failure } of failed) if (failure) counts.set(failure.class, (counts.get(failure.class) ?? 0) + 1)
  return counts.size === 0 ? undefined : [...counts].map(([name, count]) => `${name} ${count}`).join('; ')
}

/** A failed call that is a mistake or a mishap; a call cancelled because no one waited for it is neither. */
export function isToolError(call: ScriptRun['calls'][number]): boolean {
  return call.status === 'failed' && call.error?.code !== 'cancelled'
}

/** What the script sandbox itself took: everything but the guest's own work and the tools. */
function sandboxMs({ stripMs, startMs, bridgeMs, freezeMs, teardownMs }: ScriptTimings): number {
  return stripMs + startMs + bridgeMs + freezeMs + teardownMs
}
