/** Follows which calls wait for a person. */
export interface ApprovalBridge {
  readonly isPending: boolean
  set(id: number, isPending: boolean): void
  /** Time during which at least one call waited. */
  totalMs(): number
}

/** `onChange` is told when the first call begins to wait and when the last one stops. */
export function createApprovalBridge(nowMs: () => number, onChange: () => void): ApprovalBridge {
  const waiting = new Set<number>()
  let sinceMs = 0
  let passedMs = 0
  return {
    get isPending() {
      return waiting.size > 0
    },
    set: (id, isPending) => {
      const wasPending = waiting.size > 0
      if (isPending) waiting.add(id)
      else waiting.delete(id)
      if (wasPending === waiting.size > 0) return
      if (wasPending) passedMs += nowMs() - sinceMs
      else sinceMs = nowMs()
      onChange()
    },
    totalMs: () => passedMs + (waiting.size > 0 ? nowMs() - sinceMs : 0),
  }
}
