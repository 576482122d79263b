import type { InspectBounds } from './inspect.ts'

/** An object, since a script can change how arrays are taken apart. */
interface Brackets {
  open: string
  close: string
}

/** Text of bounded length, put together from pieces. */
export interface InspectWriter {
  begin(): void
  isFull(): boolean
  emit(text: string): string
  cut(text: string, lengthMax: number): string
  quote(text: string): string
  list(brackets: Brackets, count: number, item: (index: number) => string): string
  constructorName(target: object): string
}

/** Runs inside the guest. */
export function guestInspectWriter({ itemsMax, stringLengthMax, lengthMax }: InspectBounds): InspectWriter {
  const { getOwnPropertyDescriptor, getPrototypeOf } = Reflect
  const stringify = JSON.stringify
  const min = Math.min
  const apply = Reflect.apply
  const slice = String.prototype.slice
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

  function list({ open, close }: Brackets, count: number, item: (index: number) => string): string {
    if (count === 0) return emit(`${open}${close}`)
    const shown = min(count, itemsMax)
    let text = emit(`${open} `)
    let index = 0
    for (; index < shown && length < lengthMax; index++) text += (index === 0 ? '' : emit(', ')) + item(index)
    if (index < count) text += emit(`${index === 0 ? '' : ', '}… ${count - index} more`)
    return text + emit(` ${close}`)
  }

  function constructorName(target: object): string {
    const prototype = getPrototypeOf(target)
    if (prototype === null) return '[null prototype]'
    const maker = getOwnPropertyDescriptor(prototype, 'constructor')?.value as unknown
    if (typeof maker !== 'function') return ''
    const name = getOwnPropertyDescriptor(maker, 'name')?.value as unknown
    return typeof name === 'string' ? cut(name, 100) : ''
  }

  return {
    begin: () => {
      length = 0
    },
    isFull: () => length >= lengthMax,
    ...{ emit, cut, quote, list, constructorName },
  }
}
