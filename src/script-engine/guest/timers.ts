export interface GuestTimers {
  /** Runs the callback of a timer that is due. */
  fire(id: number): void
}

export interface TimerParts {
  post(id: number, delayMs: number): void
  postCleared(id: number): void
  onError(error: unknown): void
}

/** Installs `setTimeout`, `clearTimeout` and `queueMicrotask`. Runs inside the guest. */
export function guestTimers(parts: TimerParts): GuestTimers {
  const PENDING_MAX = 1_000
  /** Bounds what a loop that sets and clears can post. */
  const TIMERS_MAX = 10_000
  const DELAY_MS_MAX = 2 ** 31 - 1
  const NativeRangeError = RangeError
  const NativeTypeError = TypeError
  const apply = Reflect.apply
  const min = Math.min
  const { post, postCleared, onError } = parts
  const then = Promise.prototype.then
  const resolved = Promise.resolve()
  const pending: Record<number, () => unknown> = Object.create(null)
  let count = 0
  let lastId = 0

  function setTimeout(callback: unknown, delayMs?: unknown, ...args: unknown[]): number {
    if (typeof callback !== 'function') throw new NativeTypeError('setTimeout needs a function')
    if (count >= PENDING_MAX) throw new NativeRangeError(`a script may have at most ${PENDING_MAX} pending timers`)
    if (lastId >= TIMERS_MAX) throw new NativeRangeError(`a script may set at most ${TIMERS_MAX} timers`)
    const delay = Number(delayMs)
    lastId += 1
    count += 1
    pending[lastId] = () => apply(callback, undefined, args)
    post(lastId, delay > 0 ? min(delay, DELAY_MS_MAX) : 0)
    return lastId
  }
  function clearTimeout(id?: unknown): void {
    const key = Number(id)
    if (pending[key] === undefined) return
    delete pending[key]
    count -= 1
    postCleared(key)
  }
  function queueMicrotask(callback: unknown): void {
    if (typeof callback !== 'function') throw new NativeTypeError('queueMicrotask needs a function')
    apply(then, resolved, [() => apply(callback, undefined, [])])
  }
  for (const value of [setTimeout, clearTimeout, queueMicrotask]) {
    Object.defineProperty(globalThis, value.name, { value, writable: true, configurable: true })
  }
  return {
    fire: id => {
      const callback = pending[id]
      if (callback === undefined) return
      delete pending[id]
      count -= 1
      try {
        callback()
      } catch (error) {
        onError(error)
      }
    },
  }
}
