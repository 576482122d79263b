/** The bounds of one console line. */
export interface InspectBounds {
  depthMax: number
  itemsMax: number
  stringLengthMax: number
  lengthMax: number
}

/**
 * Makes a printer of values for the console: bounded in depth, items and length, without calling getters.
 * Runs inside the guest.
 */
export function guestInspect(bounds: InspectBounds): (value: unknown) => string {
  const { depthMax, itemsMax, stringLengthMax, lengthMax } = bounds
  const { ownKeys, getOwnPropertyDescriptor, getPrototypeOf } = Reflect
  const isArray = Array.isArray
  const stringify = JSON.stringify
  const toText = String
  const min = Math.min
  const apply = Reflect.apply
  const slice = String.prototype.slice
  const isView = ArrayBuffer.isView
  const NativeDataView = DataView
  const NativeMap = Map
  const NativeSet = Set
  const NativeError = Error
  const NativeDate = Date
  const NativeRegExp = RegExp
  const NativePromise = Promise
  let length = 0

  const emit = (text: string) => {
    length += text.length
    return text
  }
  const cut = (text: string, lengthMax: number): string => apply(slice, text, [0, lengthMax])
  const quote = (text: string) =>
    text.length <= stringLengthMax
      ? stringify(text)
      : `${stringify(cut(text, stringLengthMax))}… (${text.length} characters)`

  function list(open: string, close: string, count: number, item: (index: number) => string): string {
    if (count === 0) return emit(`${open}${close}`)
    const shown = min(count, itemsMax)
    let text = emit(`${open} `)
    let index = 0
    for (; index < shown && length < lengthMax; index++) text += (index === 0 ? '' : emit(', ')) + item(index)
    if (index < count) text += emit(`${index === 0 ? '' : ', '}… ${count - index} more`)
    return text + emit(` ${close}`)
  }

  function property(target: object, key: string | symbol, depth: number, seen: readonly object[]): string {
    const descriptor = getOwnPropertyDescriptor(target, key)
    if (descriptor === undefined) return emit('undefined')
    if (descriptor.get !== undefined || descriptor.set !== undefined) return emit('[Getter]')
    return print(descriptor.value, depth, seen)
  }

  function record(target: object, depth: number, seen: readonly object[]): string {
    const name = constructorName(target)
    const keys: (string | symbol)[] = []
    for (const key of ownKeys(target)) {
      if (getOwnPropertyDescriptor(target, key)?.enumerable === true) keys[keys.length] = key
      if (keys.length > 10_000) break
    }
    return list(`${name === '' || name === 'Object' ? '' : `${name} `}{`, '}', keys.length, index => {
      const key = keys[index] as string | symbol
      const label = typeof key === 'symbol' ? `[${toText(key)}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key)
      return emit(`${label}: `) + property(target, key, depth + 1, seen)
    })
  }

  function constructorName(target: object): string {
    const prototype = getPrototypeOf(target)
    if (prototype === null) return '[null prototype]'
    const maker = getOwnPropertyDescriptor(prototype, 'constructor')?.value as unknown
    if (typeof maker !== 'function') return ''
    const name = getOwnPropertyDescriptor(maker, 'name')?.value as unknown
    return typeof name === 'string' ? cut(name, 100) : ''
  }

  function object(target: object, depth: number, seen: readonly object[]): string {
    for (const ancestor of seen) if (ancestor === target) return emit('[Circular]')
    if (target instanceof NativeError)
      return emit(cut(`${toText(target.name)}: ${toText(target.message)}`, stringLengthMax))
    if (target instanceof NativeDate)
      return emit(toText(target.getTime()) === 'NaN' ? 'Invalid Date' : target.toISOString())
    if (target instanceof NativeRegExp) return emit(cut(toText(target), stringLengthMax))
    if (target instanceof NativePromise) return emit('Promise (not awaited)')
    const deeper = [...seen, target]
    if (isArray(target)) {
      if (depth >= depthMax) return emit(`[Array(${target.length})]`)
      return list('[', ']', target.length, index => property(target, toText(index), depth + 1, deeper))
    }
    if (depth >= depthMax) return emit(`[${constructorName(target) || 'Object'}]`)
    if (isView(target) && !(target instanceof NativeDataView)) {
      const items = target as Uint8Array
      const open = `${constructorName(target)}(${items.length}) [`
      return list(open, ']', items.length, index => print(items[index], depth + 1, deeper))
    }
    if (target instanceof NativeMap) {
      const entries = [...target]
      return list(`Map(${entries.length}) {`, '}', entries.length, index => {
        const [key, value] = entries[index] as [unknown, unknown]
        return print(key, depth + 1, deeper) + emit(' => ') + print(value, depth + 1, deeper)
      })
    }
    if (target instanceof NativeSet) {
      const items = [...target]
      return list(`Set(${items.length}) {`, '}', items.length, index => print(items[index], depth + 1, deeper))
    }
    return record(target, depth, deeper)
  }

  function print(value: unknown, depth: number, seen: readonly object[]): string {
    if (length >= lengthMax) return emit('…')
    if (typeof value === 'string') return emit(quote(value))
    if (typeof value === 'bigint') return emit(`${value}n`)
    if (typeof value === 'function') {
      const name = toText(getOwnPropertyDescriptor(value, 'name')?.value ?? '')
      return emit(name === '' ? '[Function]' : `[Function ${cut(name, 100)}]`)
    }
    if (typeof value !== 'object' || value === null) return emit(Object.is(value, -0) ? '-0' : toText(value))
    return object(value, depth, seen)
  }

  return value => {
    length = 0
    try {
      return print(value, 0, [])
    } catch {
      return '[not printable]'
    }
  }
}
