import type { GuestClock } from './clock.ts'

/** The console's limits: lines per second of the guest's clock, lines in all, characters per line. */
export interface ConsoleLimits {
  linesPerSecondMax: number
  linesMax: number
  lineLengthMax: number
}

export interface ConsoleParts {
  clock: GuestClock
  inspect(value: unknown): string
  /** `json` is the line as a JSON string; absent for a line that was dropped. */
  post(level: number, json: string | undefined, atMs: number): void
}

/** Installs `console`; the returned function forgets the counts. Runs inside the guest. */
export function guestConsoleProxy(limits: ConsoleLimits, parts: ConsoleParts): () => void {
  const { linesPerSecondMax, linesMax, lineLengthMax } = limits
  const { clock, inspect, post } = parts
  const stringify = JSON.stringify
  const floor = Math.floor
  const apply = Reflect.apply
  const slice = String.prototype.slice
  let lines = 0
  let second = -1
  let linesThisSecond = 0

  function isAllowed(): boolean {
    const now = floor(clock.elapsedMs() / 1000)
    if (now !== second) {
      second = now
      linesThisSecond = 0
    }
    if (lines >= linesMax || linesThisSecond >= linesPerSecondMax) return false
    lines += 1
    linesThisSecond += 1
    return true
  }

  function format(values: readonly unknown[]): string {
    let text = ''
    for (let index = 0; index < values.length && text.length <= lineLengthMax; index++) {
      const value = values[index]
      text += (index === 0 ? '' : ' ') + (typeof value === 'string' ? value : inspect(value))
    }
    if (text.length <= lineLengthMax) return text
    const half = floor(lineLengthMax / 2)
    const start = apply(slice, text, [0, half])
    const end = apply(slice, text, [text.length - half])
    return `${start}… ${text.length - 2 * half} characters left out …${end}`
  }

  const printer =
    (level: number) =>
    (...values: unknown[]): void =>
      isAllowed()
        ? post(level, stringify(format(values)), clock.elapsedMs())
        : post(level, undefined, clock.elapsedMs())
  const silent = () => {}
  const [log, info, warn, error, debug] = [0, 1, 2, 3, 4].map(printer) as [
    typeof silent,
    typeof silent,
    typeof silent,
    (...values: unknown[]) => void,
    typeof silent,
  ]
  const assert = (condition: unknown, ...values: unknown[]) => {
    if (!condition) error('Assertion failed:', ...values)
  }
  const shown = { log, info, warn, error, debug, dir: log, table: log, trace: debug, group: log, groupCollapsed: log }
  const ignored = { groupEnd: silent, time: silent, timeLog: silent, timeEnd: silent, count: silent, clear: silent }
  const value = Object.freeze({ ...shown, ...ignored, assert })
  Object.defineProperty(globalThis, 'console', { value, writable: true, configurable: true })
  return () => {
    lines = 0
    second = -1
    linesThisSecond = 0
  }
}
