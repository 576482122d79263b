import type { InspectBounds } from './inspect.ts'
import type { InspectWriter } from './inspect-writer.ts'

export type Print = (value: unknown, depth: number, seen: readonly object[]) => string
/** Prints an object; `undefined` for one of another kind. */
export type PrintObject = (target: object, depth: number, seen: readonly object[]) => string | undefined

/** Makes the printer of maps, sets and typed arrays. Runs inside the guest. */
export function guestInspectCollection({ emit, list, constructorName }: InspectWriter, print: Print): PrintObject {
  const isView = ArrayBuffer.isView
  const NativeDataView = DataView
  const NativeMap = Map
  const NativeSet = Set
  return (target, depth, deeper) => {
    if (isView(target) && !(target instanceof NativeDataView)) {
      const items = target as Uint8Array
      const open = `${constructorName(target)}(${items.length}) [`
      return list({ open, close: ']' }, items.length, index => print(items[index], depth + 1, deeper))
    }
    if (target instanceof NativeMap) {
      const entries = [...target]
      return list({ open: `Map(${entries.length}) {`, close: '}' }, entries.length, index => {
        const [key, value] = entries[index] as [unknown, unknown]
        return print(key, depth + 1, deeper) + emit(' => ') + print(value, depth + 1, deeper)
      })
    }
    if (target instanceof NativeSet) {
      const items = [...target]
      return list({ open: `Set(${items.length}) {`, close: '}' }, items.length, index =>
        print(items[index], depth + 1, deeper),
      )
    }
    return undefined
  }
}

/** Makes the printer of an object's own properties, without calling getters. Runs inside the guest. */
export function guestInspectRecord({ emit, list, quote, constructorName }: InspectWriter, print: Print): PrintRecord {
  const { ownKeys, getOwnPropertyDescriptor } = Reflect
  const toText = String

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
    const open = `${name === '' || name === 'Object' ? '' : `${name} `}{`
    return list({ open, close: '}' }, keys.length, index => {
      const key = keys[index] as string | symbol
      const label = typeof key === 'symbol' ? `[${toText(key)}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key)
      return emit(`${label}: `) + property(target, key, depth + 1, seen)
    })
  }

  return { property, record }
}

interface PrintRecord {
  property(target: object, key: string | symbol, depth: number, seen: readonly object[]): string
  record(target: object, depth: number, seen: readonly object[]): string
}

export interface ObjectParts {
  writer: InspectWriter
  printers: PrintRecord
  collection: PrintObject
}

/** Makes the printer of any object. Runs inside the guest. */
export function guestInspectObject(bounds: InspectBounds, { writer, printers, collection }: ObjectParts): PrintObject {
  const { depthMax, stringLengthMax } = bounds
  const { emit, cut, list, constructorName } = writer
  const { property, record } = printers
  const isArray = Array.isArray
  const toText = String
  const NativeError = Error
  const NativeDate = Date
  const NativeRegExp = RegExp
  const NativePromise = Promise

  return (target, depth, seen) => {
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
      return list({ open: '[', close: ']' }, target.length, index => property(target, toText(index), depth + 1, deeper))
    }
    if (depth >= depthMax) return emit(`[${constructorName(target) || 'Object'}]`)
    return collection(target, depth, deeper) ?? record(target, depth, deeper)
  }
}
