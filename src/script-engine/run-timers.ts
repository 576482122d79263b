import type { GuestPosts } from './worker-messages.ts'

/** The timers of one script; the guest has none of its own. */
export interface RunTimers {
  readonly pendingCount: number
  receive(posts: Pick<GuestPosts, 'timers' | 'timersCleared'>): void
  stop(): void
}

export function createRunTimers(onDue: (id: number) => void): RunTimers {
  const pending = new Map<number, NodeJS.Timeout>()
  return {
    get pendingCount() {
      return pending.size
    },
    receive: ({ timers, timersCleared }) => {
      for (const { id, delayMs } of timers) {
        const fire = () => {
          pending.delete(id)
          onDue(id)
        }
        pending.set(id, setTimeout(fire, delayMs))
      }
      for (const id of timersCleared) {
        clearTimeout(pending.get(id))
        pending.delete(id)
      }
    },
    stop: () => {
      for (const timer of pending.values()) clearTimeout(timer)
    },
  }
}
