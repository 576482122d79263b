import type { GuestEnd } from './guest/outcome.ts'
import type { GuestError } from './script-vm.ts'

const TEXT_LENGTH_MAX = 8_000
const PLACES_MAX = 3

/** A script can bend what its machine's JSON.stringify writes, so an answer is read field by field. */
function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, TEXT_LENGTH_MAX) : ''
}

function errorOf(value: unknown): GuestError {
  const { name, message, stack, tool, code } = fieldsOf(value)
  const error = { name: textOf(name), message: textOf(message), stack: textOf(stack) }
  return typeof tool === 'string' ? { ...error, tool: textOf(tool), code: textOf(code) } : error
}

function parse(header: string): unknown {
  try {
    return JSON.parse(header)
  } catch {
    return undefined
  }
}

/** An error as the prelude described it. */
export function readGuestError(header: string): GuestError {
  return errorOf(parse(header))
}

/** A text the prelude answered with. */
export function readGuestText(header: string): string {
  return textOf(parse(header))
}

/** How a script ended; `undefined` when the answer is invalid. */
export function readGuestEnd(header: string): GuestEnd | undefined {
  const { kind, error, length, unawaitedAt } = fieldsOf(parse(header))
  if (kind === 'failed') return { kind, error: errorOf(error) }
  if (kind === 'output-too-large') return { kind, length: typeof length === 'number' ? length : 0 }
  if (kind !== 'returned') return undefined
  const places = Array.isArray(unawaitedAt) ? unawaitedAt : []
  return { kind, unawaitedAt: places.slice(0, PLACES_MAX).map(textOf) }
}
