import type { GuestError } from '../script-vm.ts'
import type { GuestPromises } from './promises.ts'
import type { ToolFacade } from './tool-facade.ts'

/** How a script ended, as the guest tells it. */
export type GuestEnd =
  | { kind: 'returned'; json?: string | undefined; unawaitedAt: string[] }
  | { kind: 'failed'; error: GuestError }
  | { kind: 'output-too-large'; length: number }

export interface GuestOutcome {
  /** Calls the script's function; `onSettled` is told when its promise is settled. */
  start(script: () => Promise<unknown>, onSettled: () => void): void
  /** Looks at how the script ended, after everything it had queued has run. */
  conclude(outputLengthMax: number): GuestEnd
  describeError(reason: unknown): GuestError
}

/** Runs inside the guest. */
export function guestOutcome(tools: ToolFacade, promises: GuestPromises): GuestOutcome {
  const TEXT_LENGTH_MAX = 8_000
  const PLACE_LENGTH_MAX = 200
  const NativePromise = Promise
  const NativeError = Error
  const stringify = JSON.stringify
  const toText = String
  const apply = Reflect.apply
  const isArray = Array.isArray
  const keysOf = Object.keys
  const then = Promise.prototype.then
  const slice = String.prototype.slice
  let end: { isOk: boolean; value: unknown } | undefined

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
    const fields = tools.toolErrorFields(reason)
    if (!(reason instanceof NativeError)) return { name: '', message: describeThrown(reason), stack: '' }
    return {
      name: textOf(() => reason.name),
      message: textOf(() => reason.message),
      stack: stackOf(reason),
      ...fields,
    }
  }

  /** Where the value holds promises: the sign of a forgotten await. */
  function promisesIn(value: unknown): string[] {
    const found: string[] = []
    let visited = 0
    const walk = (inner: unknown, path: string, depth: number) => {
      if (typeof inner !== 'object' || inner === null || depth > 3 || found.length >= 3) return
      if (inner instanceof NativePromise) {
        found[found.length] = cut(path, PLACE_LENGTH_MAX)
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

  return {
    start: (script, onSettled) => {
      end = undefined
      const settle = (isOk: boolean) => (value: unknown) => {
        end = { isOk, value }
        onSettled()
      }
      apply(then, script(), [settle(true), settle(false)])
    },
    conclude: outputLengthMax => {
      if (end !== undefined && !end.isOk) return { kind: 'failed', error: describeError(end.value) }
      const unhandled = promises.firstUnhandled()
      if (unhandled !== undefined) return { kind: 'failed', error: describeError(unhandled.reason) }
      const value = end?.value
      let json: string | undefined
      try {
        json = stringify(value)
      } catch (cause) {
        const message = `the returned value is not JSON: ${textOf(() => (cause as Error).message)}`
        return { kind: 'failed', error: { name: 'TypeError', message, stack: textOf(() => (cause as Error).stack) } }
      }
      if (json === undefined) return { kind: 'returned', unawaitedAt: [] }
      if (json.length > outputLengthMax) return { kind: 'output-too-large', length: json.length }
      return { kind: 'returned', json, unawaitedAt: promisesIn(value) }
    },
    describeError,
  }
}
