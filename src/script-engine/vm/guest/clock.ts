export interface GuestClock {
  begin(nowMs: number): void
  /** Moves to `elapsedMs` after the script's start; never backwards. */
  advance(elapsedMs: number): void
  elapsedMs(): number
}

/**
 * Installs `Date` and `performance` on a given clock: it moves when results arrive, and by a millisecond whenever it is
 * read, so that a loop waiting for time to pass ends and a replay reads the same times. Runs inside the guest.
 */
export function guestClock(): GuestClock {
  const SystemDate = Date
  const construct = Reflect.construct
  const toText = SystemDate.prototype.toString
  const apply = Reflect.apply
  let startMs = 0
  let elapsed = 0
  const read = () => {
    elapsed += 1
    return startMs + elapsed
  }
  function GivenDate(this: unknown, ...parts: unknown[]): unknown {
    if (new.target === undefined) return apply(toText, new SystemDate(read()), [])
    const args = parts.length === 0 ? [read()] : parts
    return construct(SystemDate, args, new.target === (GivenDate as unknown) ? SystemDate : new.target)
  }
  Object.defineProperty(GivenDate, 'name', { value: 'Date' })
  Object.defineProperty(GivenDate, 'prototype', { value: SystemDate.prototype, writable: false })
  Object.defineProperty(SystemDate.prototype, 'constructor', { value: GivenDate, writable: true, configurable: true })
  const statics = { now: read, parse: SystemDate.parse, UTC: SystemDate.UTC }
  for (const name of ['now', 'parse', 'UTC'] as const) {
    Object.defineProperty(GivenDate, name, { value: statics[name], writable: true, configurable: true })
  }
  Object.defineProperty(globalThis, 'Date', { value: GivenDate, writable: true, configurable: true })
  const performance = Object.freeze({ now: () => read() - startMs, timeOrigin: 0 })
  Object.defineProperty(globalThis, 'performance', { value: performance, writable: true, configurable: true })
  return {
    begin: nowMs => {
      startMs = nowMs
      elapsed = 0
    },
    advance: elapsedMs => {
      if (elapsedMs > elapsed) elapsed = elapsedMs
    },
    elapsedMs: () => elapsed,
  }
}
