import type { GuestError } from '../script-vm.ts'
import type { ToolErrors } from './tool-errors.ts'

export interface GuestErrors {
  /** A text read from what the script controls; empty when reading it throws. */
  textOf(read: () => unknown): string
  describeError(reason: unknown): GuestError
}

/** Describes what a script threw. Runs inside the guest. */
export function guestErrors(toolErrors: ToolErrors): GuestErrors {
  const TEXT_LENGTH_MAX = 8_000
  const NativeError = Error
  const stringify = JSON.stringify
  const toText = String
  const apply = Reflect.apply
  const slice = String.prototype.slice

  const cut = (text: string, lengthMax: number): string => apply(slice, text, [0, lengthMax])

  function textOf(read: () => unknown): string {
    try {
      const value = read()
      return value === undefined ? '' : cut(toText(value), TEXT_LENGTH_MAX)
    } catch {
      return ''
    }
  }

  function describeThrown(reason: unknown): string {
    try {
      if (typeof reason === 'object' && reason !== null) return cut(stringify(reason) ?? '', TEXT_LENGTH_MAX)
    } catch {}
    return textOf(() => reason)
  }

  /** QuickJS begins an error's stack in its constructors; an error of the script's own class was thrown behind them. */
  function stackOf(error: Error): string {
    const stack = textOf(() => error.stack)
    const frame = `    at ${textOf(() => error.constructor.name)} (script.ts:`
    const start = stack.indexOf(frame)
    const end = start < 0 ? -1 : stack.indexOf('\n', start)
    return end < 0 ? stack : stack.slice(end + 1)
  }

  function describeError(reason: unknown): GuestError {
    const fields = toolErrors.fieldsOf(reason)
    if (!(reason instanceof NativeError)) return { name: '', message: describeThrown(reason), stack: '' }
    return {
      name: textOf(() => reason.name),
      message: textOf(() => reason.message),
      stack: stackOf(reason),
      ...fields,
    }
  }

  return { textOf, describeError }
}
