import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../src/contracts/clock.ts'

/** A clock whose waits of up to a minute pass at once and are noted; longer ones are deadlines and really wait. */
export function fastClock(): Clock & { sleptMs: number[] } {
  const sleptMs: number[] = []
  let skippedMs = 0
  return {
    sleptMs,
    nowMs: () => performance.now() + skippedMs,
    date: () => new Date(),
    async sleep(durationMs, signal) {
      if (durationMs > 60_000)
        return wait(durationMs, undefined, { ref: false, ...(signal && { signal }) }).catch(() => {})
      sleptMs.push(durationMs)
      skippedMs += durationMs
    },
  }
}
