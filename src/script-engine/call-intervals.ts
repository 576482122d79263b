import type { TrackedCall } from './promise-tracker.ts'

/** `unionMs` is the time during which any call ran, `sumMs` the time of all calls together. */
export function callIntervals(calls: readonly TrackedCall[], endMs: number): { unionMs: number; sumMs: number } {
  const spans = calls
    .filter(entry => entry.state !== 'queued')
    .map(entry => ({ start: entry.startedMs, end: entry.state === 'settled' ? entry.endedMs : endMs }))
    .sort((left, right) => left.start - right.start)
  let unionMs = 0
  let sumMs = 0
  let coveredTo = 0
  for (const { start, end } of spans) {
    sumMs += end - start
    unionMs += Math.max(0, end - Math.max(start, coveredTo))
    coveredTo = Math.max(coveredTo, end)
  }
  return { unionMs, sumMs }
}
