import type { ScriptTimings } from '../contracts/script.ts'
import { hasFailed, type ScriptRun } from './script-runs.ts'
import { sum } from './sum.ts'
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
>

/** What the scripts did, and what running them took. */
export function scriptUse(runs: readonly ScriptRun[]): ScriptUse {
  const failed = runs.filter(hasFailed)
  const timings = runs.flatMap(run => run.timings ?? [])
  const succeeded = runs.filter(run => run.timings !== undefined && run.failure === undefined)
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
  }
}

/** A failed call that is a mistake or a mishap; a call cancelled because nobody waited for it is neither. */
export function isToolError(call: ScriptRun['calls'][number]): boolean {
  return call.status === 'failed' && call.error?.code !== 'cancelled'
}

/** What the script sandbox itself took: everything but the guest's own work and the tools. */
function sandboxMs({ stripMs, startMs, bridgeMs, freezeMs, teardownMs }: ScriptTimings): number {
  return stripMs + startMs + bridgeMs + freezeMs + teardownMs
}
