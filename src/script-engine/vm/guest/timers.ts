export interface GuestTimers {
  /** Runs the callback of a timer that is due. */
  fire(id: number): void
}

export interface TimerBounds {
  pendingMax: number
  /** Bounds what a loop that sets and clears can post. */
  timersMax: number
  delayMsMax: number
}

export interface TimerParts {
  post(id: number, delayMs: number): void
  postCleared(id: number): void
  onError(error: unknown): void
}

/** Installs `setTimeout`, `clearTimeout` and `queueMicrotask`. Runs inside the guest. */
export function guestTimers(bounds: TimerBounds, parts: TimerParts): GuestTimers {
  const { pendingMax, timersMax, delayMsMax } = bounds
  const toNumber = Number
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
    // First, because it may call a valueOf that sets timers too.
    const delay = toNumber(delayMs)
    if (count >= pendingMax) throw new NativeRangeError(`a script may have at most ${pendingMax} pending timers`)
    if (lastId >= timersMax) throw new NativeRangeError(`a script may set at most ${timersMax} timers`)
    lastId += 1
    count += 1
    pending[lastId] = () => apply(callback, undefined, args)
    post(lastId, delay > 0 ? min(delay, delayMsMax) : 0)
    return lastId
  }
  function clearTimeout(id?: unknown): void {
    const key = toNumber(id)
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
