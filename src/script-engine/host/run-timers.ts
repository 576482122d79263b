import type { GuestPosts } from '../thread/worker-messages.ts'
import { recordSpans, type Span } from './spans.ts'

/** The timers of one script; the guest has none of its own. */
export interface RunTimers {
  readonly pendingCount: number
  receive(posts: Pick<GuestPosts, 'timers' | 'timersCleared'>): void
  /** When at least one timer was set. */
  spans(endMs: number): Span[]
  stop(): void
}

export function createRunTimers(nowMs: () => number, onDue: (id: number) => void): RunTimers {
  const pending = new Map<number, { timer: NodeJS.Timeout; dueMs: number }>()
  const spans = recordSpans(nowMs)

  /** Node fires late timers of different delays in any order; a script's come in the order in which they are due. */
  function fireUntil(dueMs: number): void {
    const due = [...pending].filter(([, each]) => each.dueMs <= dueMs).sort(([, a], [, b]) => a.dueMs - b.dueMs)
    for (const [id, { timer }] of due) {
      clearTimeout(timer)
      pending.delete(id)
    }
    spans.set(pending.size > 0)
    for (const [id] of due) onDue(id)
  }

  return {
    get pendingCount() {
      return pending.size
    },
    receive: ({ timers, timersCleared }) => {
      const setMs = nowMs()
      for (const { id, delayMs } of timers) {
        const dueMs = setMs + delayMs
        pending.set(id, { timer: setTimeout(() => fireUntil(dueMs), delayMs), dueMs })
      }
      for (const id of timersCleared) {
        clearTimeout(pending.get(id)?.timer)
        pending.delete(id)
      }
      spans.set(pending.size > 0)
    },
    spans: spans.until,
    stop: () => {
      for (const { timer } of pending.values()) clearTimeout(timer)
      spans.set(false)
    },
  }
}
