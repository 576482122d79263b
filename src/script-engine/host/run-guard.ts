/** Around its deadline a worker is looked at this often. */
const LOOK_MS = 12
/** Looks in a row at which it must not have polled its interrupt handler to count as hung. */
const SILENCES_MAX = 2
/** The looking begins so much before the deadline that who is hung by then is known at it; timers fire a little late. */
const LEAD_MS = LOOK_MS * SILENCES_MAX + 4
/** A worker that polls will stop by itself, but not for ever. */
const PATIENCE_MS = 500
/** Bytes a millisecond that the bridge surely manages; large results take time that no budget counts. */
const BRIDGE_BYTES_PER_MS = 10_000

/** How long a worker can take to begin. */
export const START_MS_MAX = 20_000

export interface RunGuard {
  /**
   * The guest computes from now on and must answer within `leftMs`. After that it is ended as soon as it hangs, immediately
   * if it did before, and in any case `patienceMs` later: its own budget counts processor time, which on a busy machine
   * passes more slowly.
   */
  busy(leftMs: number, more?: { bytes?: number; patienceMs?: number }): void
  /** The guest waits; `leftMs` is what may pass before the script's time is up, if its clock runs. */
  waiting(leftMs: number | undefined): void
  stop(): void
}

interface Parts {
  heartbeat(): number
  /** The worker does not answer any more. */
  onHang(): void
  /** The clock ran out while the guest was waiting. */
  onTimeUp(): void
}

/** What a timer can take: about 24 days. */
const DELAY_MS_MAX = 2 ** 31 - 1_000_000
const delayOf = (durationMs: number) => Math.min(DELAY_MS_MAX, Math.max(0, durationMs))

/** The main thread's own deadline, for what the guest's interrupt handler cannot see. */
export function createRunGuard({ heartbeat, onHang, onTimeUp }: Parts): RunGuard {
  let timer: NodeJS.Timeout | undefined
  const stop = () => clearTimeout(timer)
  const watch = (lastBeat: number, silences: number, deadlineMs: number, endMs: number) => {
    // A worker that hangs by now is checked once more at the deadline itself.
    const isHung = silences >= SILENCES_MAX
    const delayMs = isHung ? Math.min(LOOK_MS, Math.max(0, deadlineMs - performance.now())) : LOOK_MS
    timer = setTimeout(() => {
      const nowMs = performance.now()
      const beat = heartbeat()
      const silent = beat === lastBeat ? silences + 1 : 0
      if ((silent >= SILENCES_MAX && nowMs >= deadlineMs) || nowMs >= endMs) onHang()
      else watch(beat, silent, deadlineMs, endMs)
    }, delayMs)
  }
  return {
    stop,
    busy: (leftMs, { bytes = 0, patienceMs = 0 } = {}) => {
      stop()
      const delayMs = delayOf(leftMs) + bytes / BRIDGE_BYTES_PER_MS
      const deadlineMs = performance.now() + delayMs
      const endMs = deadlineMs + patienceMs + PATIENCE_MS
      timer = setTimeout(() => watch(heartbeat(), 0, deadlineMs, endMs), Math.max(0, delayMs - LEAD_MS))
    },
    waiting: leftMs => {
      stop()
      if (leftMs !== undefined) timer = setTimeout(onTimeUp, delayOf(leftMs))
    },
  }
}
