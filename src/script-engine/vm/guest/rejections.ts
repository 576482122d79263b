export interface GuestRejections {
  /** Called by QuickJS when a promise is rejected without a handler, and again when it gets one. */
  onRejection(promise: unknown, reason: unknown, isHandled: boolean): void
  /** Counts an error thrown where nothing can catch it, such as in a timer. */
  addUnhandled(reason: unknown): void
  firstUnhandled(): { reason: unknown } | undefined
}

/** Follows rejections that nothing handles. Runs inside the guest. */
export function guestRejections(): GuestRejections {
  const apply = Reflect.apply
  const unhandled = new Map<unknown, { reason: unknown }>()
  const { set, delete: remove, values } = Map.prototype
  const first = Object.getPrototypeOf(new Map().values()).next as () => IteratorResult<{ reason: unknown }>
  return {
    onRejection: (promise, reason, isHandled) => {
      if (isHandled) apply(remove, unhandled, [promise])
      else apply(set, unhandled, [promise, { reason }])
    },
    addUnhandled: reason => {
      apply(set, unhandled, [{}, { reason }])
    },
    firstUnhandled: () => apply(first, apply(values, unhandled, []), []).value as { reason: unknown } | undefined,
  }
}
