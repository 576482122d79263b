/** A stretch of time in milliseconds; `endMs` is not part of it. */
export interface Interval {
  startMs: number
  endMs: number
}

export function totalMs(intervals: readonly Interval[]): number {
  return intervals.reduce((total, { startMs, endMs }) => total + Math.max(0, endMs - startMs), 0)
}

/** The same stretches of time, sorted and without overlap. */
export function unionOf(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const { startMs, endMs } of [...intervals].sort((left, right) => left.startMs - right.startMs)) {
    const last = merged.at(-1)
    if (last !== undefined && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs)
    else merged.push({ startMs, endMs })
  }
  return merged
}

/** The time covered by `intervals` and by none of `others`. */
export function msOutside(intervals: readonly Interval[], others: readonly Interval[]): number {
  return totalMs(unionOf([...intervals, ...others])) - totalMs(unionOf(others))
}

/** The largest number of intervals that overlap at one moment. One that ends when another starts does not overlap it. */
export function maxOverlap(intervals: readonly Interval[]): number | undefined {
  if (intervals.length === 0) return undefined
  const isMoment = ({ startMs, endMs }: Interval) => endMs <= startMs
  const steps = intervals.flatMap(interval =>
    isMoment(interval)
      ? [{ atMs: interval.startMs, change: 0 }]
      : [
          { atMs: interval.startMs, change: 1 },
          { atMs: interval.endMs, change: -1 },
        ],
  )
  steps.sort((left, right) => left.atMs - right.atMs || left.change - right.change)
  let running = 0
  let most = 1
  for (const { change } of steps) {
    running += change
    most = Math.max(most, running)
  }
  return most
}
