import type { Print, PrintObject } from './inspect-objects.ts'
import type { InspectWriter } from './inspect-writer.ts'

/** The bounds of one console line. */
export interface InspectBounds {
  depthMax: number
  itemsMax: number
  stringLengthMax: number
  lengthMax: number
}

interface InspectParts {
  writer: InspectWriter
  /** Makes the printer of objects, which prints their content with this one. */
  objectsWith(print: Print): PrintObject
}

/**
 * Makes a printer of values for the console: bounded in depth, items and length, without calling getters.
 * Runs inside the guest.
 */
export function guestInspect({ writer, objectsWith }: InspectParts): (value: unknown) => string {
  const { emit, cut, quote } = writer
  const { getOwnPropertyDescriptor } = Reflect
  const toText = String
  const is = Object.is

  function print(value: unknown, depth: number, seen: readonly object[]): string {
    if (writer.isFull()) return emit('…')
    if (typeof value === 'string') return emit(quote(value))
    if (typeof value === 'bigint') return emit(`${value}n`)
    if (typeof value === 'function') {
      const name = toText(getOwnPropertyDescriptor(value, 'name')?.value ?? '')
      return emit(name === '' ? '[Function]' : `[Function ${cut(name, 100)}]`)
    }
    if (typeof value !== 'object' || value === null) return emit(is(value, -0) ? '-0' : toText(value))
    return object(value, depth, seen) as string
  }
  const object = objectsWith(print)

  return value => {
    writer.begin()
    try {
      return print(value, 0, [])
    } catch {
      return '[not printable]'
    }
  }
}
