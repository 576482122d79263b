/** Makes a search for promises in a value: the sign of a forgotten await. Runs inside the guest. */
export function guestUnawaited(): (value: unknown) => string[] {
  const PLACE_LENGTH_MAX = 200
  const NativePromise = Promise
  const apply = Reflect.apply
  const isArray = Array.isArray
  const keysOf = Object.keys
  const slice = String.prototype.slice

  return value => {
    const found: string[] = []
    let visited = 0
    const walk = (inner: unknown, path: string, depth: number) => {
      if (typeof inner !== 'object' || inner === null || depth > 3 || found.length >= 3) return
      if (inner instanceof NativePromise) {
        found[found.length] = apply(slice, path, [0, PLACE_LENGTH_MAX])
        return
      }
      const keys = isArray(inner) ? undefined : keysOf(inner)
      const count = isArray(inner) ? inner.length : (keys as string[]).length
      for (let index = 0; index < count && visited < 1_000; index++) {
        visited += 1
        const key = keys === undefined ? index : (keys[index] as string)
        const step = keys === undefined ? `[${index}]` : `.${key}`
        walk((inner as Record<string | number, unknown>)[key], path + step, depth + 1)
      }
    }
    try {
      walk(value, '', 0)
    } catch {}
    return found
  }
}
