import { recordSpans, type Span } from './spans.ts'

/** Follows which calls wait for a person. */
export interface ApprovalBridge {
  readonly isPending: boolean
  set(id: number, isPending: boolean): void
  /** When at least one call waited. */
  spans(endMs: number): Span[]
}

/** `onChange` is called when the first call begins to wait and when the last one stops. */
export function createApprovalBridge(nowMs: () => number, onChange: () => void): ApprovalBridge {
  const waiting = new Set<number>()
  const spans = recordSpans(nowMs)
  return {
    get isPending() {
      return waiting.size > 0
    },
    set: (id, isPending) => {
      const wasPending = waiting.size > 0
      if (isPending) waiting.add(id)
      else waiting.delete(id)
      if (wasPending === waiting.size > 0) return
      spans.set(!wasPending)
      onChange()
    },
    spans: spans.until,
  }
}
