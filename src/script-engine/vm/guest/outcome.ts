import type { GuestError } from '../script-vm.ts'
import type { GuestErrors } from './errors.ts'
import type { GuestRejections } from './rejections.ts'

/** How a script ended, as the guest reports it. */
export type GuestEnd =
  | { kind: 'returned'; json?: string | undefined; unawaitedAt: string[] }
  | { kind: 'failed'; error: GuestError }
  | { kind: 'output-too-large'; length: number }

export interface GuestOutcome {
  /** Calls the script's function; `onSettled` is called when its promise is settled. */
  start(script: () => Promise<unknown>, onSettled: () => void): void
  /** Looks at how the script ended, after everything it had queued has run. */
  conclude(outputLengthMax: number): GuestEnd
}

export interface OutcomeParts {
  errors: GuestErrors
  rejections: GuestRejections
  unawaitedIn(value: unknown): string[]
}

/** Runs inside the guest. */
export function guestOutcome({ errors, rejections, unawaitedIn }: OutcomeParts): GuestOutcome {
  const { describeError, textOf } = errors
  const stringify = JSON.stringify
  const apply = Reflect.apply
  const then = Promise.prototype.then
  let end: { isOk: boolean; value: unknown } | undefined

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
      const unhandled = rejections.firstUnhandled()
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
      return { kind: 'returned', json, unawaitedAt: unawaitedIn(value) }
    },
  }
}
