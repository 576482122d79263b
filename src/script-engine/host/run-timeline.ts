import type { ScriptTimings } from '../../contracts/script.ts'
import type { FromWorker, RunTimes } from '../thread/worker-messages.ts'
import type { TrackedCall } from './promise-tracker.ts'
import { msOutside, type Span, totalMs, unionOf } from './spans.ts'

/** Collects when the guest computed, and reports at the end where a run's time went. */
export interface RunTimeline {
  /** The guest computes from now on, or will as soon as its message has arrived. */
  computes(): void
  /** A slice is over. */
  add(message: Extract<FromWorker, { sliceStartMs: number }>): void
  /** The script is over; what follows is clearing up. */
  end(): void
  timings(waits: Waits): ScriptTimings
}

interface Waits {
  stripMs: number
  calls: readonly TrackedCall[]
  maxInFlight: number
  /** When an approval was pending, and when a timer was, up to a moment. */
  approvals(endMs: number): Span[]
  timers(endMs: number): Span[]
}

/** `startedMs` is the run's beginning on the clock of the messages, `nowMs` what has passed since. */
export function createRunTimeline(startedMs: number, nowMs: () => number): RunTimeline {
  const slices: Span[] = []
  let times: RunTimes = { startMs: 0, freezeMs: 0, bridgeMs: 0, guestCpuMs: 0 }
  let computesFromMs: number | undefined
  /** A slice that never reported, since its worker had to be killed. */
  let unreportedMs = 0
  let endedMs: number | undefined

  return {
    computes: () => {
      computesFromMs ??= nowMs()
    },
    add: message => {
      const slice = { startMs: message.sliceStartMs - startedMs, endMs: message.sentMs - startedMs }
      slices.push(slice)
      times = message.times
      computesFromMs = undefined
      if (message.kind === 'ended') endedMs = slice.endMs
    },
    end: () => {
      endedMs ??= nowMs()
      if (computesFromMs === undefined) return
      slices.push({ startMs: computesFromMs, endMs: endedMs })
      unreportedMs = endedMs - computesFromMs
    },
    timings: ({ stripMs, maxInFlight, ...waits }) => {
      const wallMs = nowMs()
      const endMs = endedMs ?? wallMs
      const firstMs = slices[0]?.startMs ?? endMs
      const calls = waits.calls.flatMap(call => spanOf(call, wallMs))
      const approvals = waits.approvals(wallMs)
      const timers = waits.timers(wallMs)
      const known = [...slices, ...approvals, ...calls, ...timers]
      const unionMs = totalMs(unionOf(calls))
      return {
        stripMs,
        startMs: Math.max(0, firstMs - stripMs) + times.startMs,
        guestCpuMs: times.guestCpuMs + unreportedMs,
        bridgeMs: times.bridgeMs + msOutside([{ startMs: firstMs, endMs }], known),
        freezeMs: times.freezeMs,
        teardownMs: msOutside([{ startMs: endMs, endMs: wallMs }], known),
        toolWaitMs: msOutside(calls, [...slices, ...approvals]),
        approvalMs: msOutside(approvals, slices),
        timerWaitMs: msOutside(timers, [...slices, ...approvals, ...calls]),
        wallMs,
        maxInFlight,
        ...(unionMs > 0 && { utilisation: totalMs(calls) / unionMs }),
      }
    },
  }
}

/** When a call ran; nothing for one that was never started. */
function spanOf({ state, startedMs, endedMs }: TrackedCall, nowMs: number): Span[] {
  return state === 'queued' ? [] : [{ startMs: startedMs, endMs: state === 'settled' ? endedMs : nowMs }]
}
