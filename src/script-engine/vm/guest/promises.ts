export interface GuestPromises {
  /** Called by QuickJS when a promise is rejected without a handler, and again when it gets one. */
  onRejection(promise: unknown, reason: unknown, isHandled: boolean): void
  /** Counts an error thrown where nobody can catch it, such as in a timer. */
  addUnhandled(reason: unknown): void
  firstUnhandled(): { reason: unknown } | undefined
  /** The stack at which the newest promise was made that nothing has settled. */
  newestPending(): string | undefined
}

/**
 * Follows rejections nobody handles and promises nobody settles. `Promise` itself is replaced by a constructor that
 * notes where it was called; everything else about it is the native one. Runs inside the guest.
 */
export function guestPromises(): GuestPromises {
  const PENDING_MAX = 1_000
  const Native = Promise
  const NativeError = Error
  const construct = Reflect.construct
  const apply = Reflect.apply
  const unhandled = new Map<unknown, { reason: unknown }>()
  const { set, delete: remove, values } = Map.prototype
  const first = Object.getPrototypeOf(new Map().values()).next as () => IteratorResult<{ reason: unknown }>
  const pending: Record<number, string> = Object.create(null)
  let made = 0
  let pendingCount = 0

  function forget(id: number): void {
    if (!(id in pending)) return
    delete pending[id]
    pendingCount -= 1
  }

  type Executor = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => void
  function Given(this: unknown, executor: Executor): unknown {
    if (new.target === undefined) throw new TypeError('Promise must be called with new')
    const target = new.target === (Given as unknown) ? Native : new.target
    if (typeof executor !== 'function') return construct(Native, [executor], target)
    made += 1
    const id = made
    if (pendingCount < PENDING_MAX) {
      pending[id] = new NativeError().stack ?? ''
      pendingCount += 1
    }
    const watched: Executor = (resolve, reject) =>
      executor(
        value => {
          forget(id)
          resolve(value)
        },
        reason => {
          forget(id)
          reject(reason)
        },
      )
    return construct(Native, [watched], target)
  }
  Object.defineProperty(Given, 'name', { value: 'Promise' })
  Object.defineProperty(Given, 'prototype', { value: Native.prototype, writable: false })
  const statics = ['all', 'allSettled', 'any', 'race', 'reject', 'resolve', 'try'] as const
  for (const name of statics) {
    const value = (Native as unknown as Record<string, () => unknown>)[name]?.bind(Native)
    Object.defineProperty(Given, name, { value, writable: true, configurable: true })
  }
  const withResolvers = () => {
    let functions = {}
    const Constructor = Given as unknown as new (executor: Executor) => unknown
    const promise = new Constructor((resolve, reject) => {
      functions = { resolve, reject }
    })
    return { promise, ...functions }
  }
  Object.defineProperty(Given, 'withResolvers', { value: withResolvers, writable: true, configurable: true })
  Object.defineProperty(Given, Symbol.species, { get: () => Native, configurable: true })
  Object.defineProperty(globalThis, 'Promise', { value: Given, writable: true, configurable: true })

  return {
    onRejection: (promise, reason, isHandled) => {
      if (isHandled) apply(remove, unhandled, [promise])
      else apply(set, unhandled, [promise, { reason }])
    },
    addUnhandled: reason => {
      apply(set, unhandled, [{}, { reason }])
    },
    firstUnhandled: () => apply(first, apply(values, unhandled, []), []).value as { reason: unknown } | undefined,
    newestPending: () => {
      let newest: string | undefined
      for (const id in pending) newest = pending[id]
      return newest
    },
  }
}
