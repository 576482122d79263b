import type { TrialEvent } from '../contracts/events.ts'
import { repliesWithoutAttempts } from './error-counts.ts'
import { type EventOf, eventsOf } from './events-of.ts'
import { msOutside, totalMs, unionOf } from './intervals.ts'
import { sum } from './sum.ts'
import { runIntervals, waitIntervals } from './tool-time.ts'
import type { TrialMetrics } from './trial-metrics.ts'

type TimeUse = Pick<TrialMetrics, 'wallMs' | 'workingMs' | 'modelMs' | 'toolMs' | 'backoffMs' | 'harnessMs' | 'cpuMs'>

/** Where the trial's wall time went. */
export function timeUse(
  events: readonly TrialEvent[],
  end: EventOf<'trial_end'>,
  scripts: Pick<TrialMetrics, 'scriptSandboxMs' | 'scriptGuestCpuMs' | 'scriptTimerMs'>,
): TimeUse {
  const calls = eventsOf(events, 'tool_call').map(event => event.call)
  const attempts = eventsOf(events, 'model_attempt')
  const runs = runIntervals(calls)
  const waitMs = msOutside(waitIntervals(calls), runs)
  const toolMs = totalMs(unionOf(runs))
  const backoffMs = sum(attempts.map(event => event.attempt.backoffMs ?? 0))
  const modelMs =
    sum(attempts.map(event => event.attempt.durationMs)) +
    sum(repliesWithoutAttempts(events, attempts).map(reply => reply.latencyMs))
  const wallMs = agentMs(events, end)
  const workingMs = Math.max(0, wallMs - backoffMs - waitMs)
  const scriptMs = scripts.scriptSandboxMs + scripts.scriptGuestCpuMs + (scripts.scriptTimerMs ?? 0)
  const elsewhereMs = modelMs + toolMs + scriptMs
  return {
    wallMs,
    workingMs,
    modelMs,
    toolMs,
    backoffMs,
    harnessMs: Math.max(0, workingMs - elsewhereMs),
    cpuMs: end.cpuMs,
  }
}

/** From the trial's start to the agent's end, without verifiers that ran in between. */
function agentMs(events: readonly TrialEvent[], end: EventOf<'trial_end'>): number {
  const started = events.findIndex(event => event.type === 'trial_start')
  const ended = events.findIndex(event => event.type === 'agent_end')
  const [first, last] = [events[started], events[ended]]
  if (first === undefined || last === undefined) return end.wallMs
  const verifierMs = sum(eventsOf(events.slice(started, ended), 'verifier_end').map(verdict => verdict.durationMs))
  return Math.max(0, last.atMs - first.atMs - verifierMs)
}
