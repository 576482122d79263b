/** Adds up the time during which it runs. */
export interface Stopwatch {
  run(isRunning: boolean): void
  totalMs(): number
}

export function createStopwatch(nowMs: () => number): Stopwatch {
  let sinceMs: number | undefined
  let passedMs = 0
  const open = () => (sinceMs === undefined ? 0 : nowMs() - sinceMs)
  return {
    run: isRunning => {
      passedMs += open()
      sinceMs = isRunning ? nowMs() : undefined
    },
    totalMs: () => passedMs + open(),
  }
}
