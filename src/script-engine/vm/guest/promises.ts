type Executor = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => void
type NativePromise = typeof Promise

export interface GuestPromises {
  /** The stack at which the newest promise was made that nothing has settled. */
  newestPending(): string | undefined
}

/** Puts a constructor in the place of the native `Promise`. */
export type PromiseInstaller = (Given: object, Native: NativePromise) => void

/**
 * Follows promises that nothing settles. `Promise` itself is replaced by a constructor that
 * notes where it was called; everything else about it is the native one. Runs inside the guest.
 */
export function guestPromises(install: PromiseInstaller): GuestPromises {
  const PENDING_MAX = 1_000
  const Native = Promise
  const NativeError = Error
  const construct = Reflect.construct
  const pending: Record<number, string> = Object.create(null)
  let made = 0
  let pendingCount = 0

  function forget(id: number): void {
    if (!(id in pending)) return
    delete pending[id]
    pendingCount -= 1
  }

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
  install(Given, Native)

  return {
    newestPending: () => {
      let newest: string | undefined
      for (const id in pending) newest = pending[id]
      return newest
    },
  }
}

/** Gives the constructor everything else of the native one. Runs inside the guest. */
export function guestPromiseInstaller(Given: object, Native: NativePromise): void {
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
}
