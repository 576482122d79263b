/** A worker that neither answers nor polls its interrupt handler this long after its deadline is ended. */
const MARGIN_MS = 25
/** A worker that still polls is about to stop by itself; it gets this much longer. */
const PATIENCE_MS = 500
/** Bytes a millisecond that the bridge surely manages; large results take time that no budget counts. */
const BRIDGE_BYTES_PER_MS = 10_000

export interface RunGuard {
  /** The guest computes from now on and must answer within `leftMs`. */
  busy(leftMs: number, bytes: number): void
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

/** The main thread's own deadline, for what the guest's interrupt handler cannot see. */
export function createRunGuard({ heartbeat, onHang, onTimeUp }: Parts): RunGuard {
  let timer: NodeJS.Timeout | undefined
  const stop = () => clearTimeout(timer)
  const watch = (lastBeat: number, patienceMs: number) => {
    timer = setTimeout(() => {
      const beat = heartbeat()
      if (beat === lastBeat || patienceMs <= 0) onHang()
      else watch(beat, patienceMs - MARGIN_MS)
    }, MARGIN_MS)
  }
  return {
    stop,
    busy: (leftMs, bytes) => {
      stop()
      timer = setTimeout(() => watch(heartbeat(), PATIENCE_MS), Math.max(0, leftMs) + bytes / BRIDGE_BYTES_PER_MS)
    },
    waiting: leftMs => {
      stop()
      if (leftMs !== undefined) timer = setTimeout(onTimeUp, Math.max(0, leftMs))
    },
  }
}
