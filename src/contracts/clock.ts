/** The only source of time in the loop, so that a test can drive it. */
export interface Clock {
  /** Milliseconds on a monotonic scale; only differences mean anything. */
  nowMs(): number
  /** Wall-clock time, for stamps that people read. */
  date(): Date
  /** Resolves after `durationMs`, or immediately when the signal aborts. Never rejects. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>
}
