import { performance } from 'node:perf_hooks'
import type { Clock } from '../contracts/clock.ts'

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  date: () => new Date(),
  sleep: (durationMs, signal) =>
    new Promise(resolve => {
      if (signal?.aborted) return resolve()
      const timer = setTimeout(done, Math.min(durationMs, TIMER_MS_MAX))
      signal?.addEventListener('abort', done, { once: true })
      function done() {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
    }),
}

/** Longer timers fire immediately in Node. */
const TIMER_MS_MAX = 2 ** 31 - 1
