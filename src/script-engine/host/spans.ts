/** A stretch of time in milliseconds; `endMs` is not part of it. */
export interface Span {
  startMs: number
  endMs: number
}

export function totalMs(spans: readonly Span[]): number {
  return spans.reduce((total, { startMs, endMs }) => total + endMs - startMs, 0)
}

/** The same stretches of time, sorted and without overlap. */
export function unionOf(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const { startMs, endMs } of [...spans].sort((left, right) => left.startMs - right.startMs)) {
    if (endMs <= startMs) continue
    const last = merged.at(-1)
    if (last !== undefined && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs)
    else merged.push({ startMs, endMs })
  }
  return merged
}

/** The time covered by `spans` and by none of `others`. */
export function msOutside(spans: readonly Span[], others: readonly Span[]): number {
  return totalMs(unionOf([...spans, ...others])) - totalMs(unionOf(others))
}

/** Remembers the stretches during which something was so. */
export interface SpanRecorder {
  set(isSo: boolean): void
  /** The last one, if it is still open, ends at `endMs`. */
  until(endMs: number): Span[]
}

export function recordSpans(nowMs: () => number): SpanRecorder {
  const closed: Span[] = []
  let sinceMs: number | undefined
  return {
    set: isSo => {
      if (isSo) sinceMs ??= nowMs()
      else if (sinceMs !== undefined) {
        closed.push({ startMs: sinceMs, endMs: nowMs() })
        sinceMs = undefined
      }
    },
    until: endMs => (sinceMs === undefined ? closed : [...closed, { startMs: sinceMs, endMs }]),
  }
}
