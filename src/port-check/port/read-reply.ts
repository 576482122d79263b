import { PortFault } from './port-fault.ts'
import { type PortReply, portReply } from './port-protocol.ts'

const SHOWN_MAX = 500

/** One line or text of JSON → a reply. Throws a `PortFault` with what was expected. */
export function readReply(text: string): PortReply {
  const value = parseJson(text)
  if (isThrown(value)) throw new PortFault('crashed', value.thrown)
  const parsed = portReply.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue?.path.join('.') || 'the reply'
  throw new PortFault('bad-reply', `${where}: ${issue?.message ?? 'not a reply'}; got ${text.slice(0, SHOWN_MAX)}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new PortFault('bad-reply', `expected one JSON object, got ${JSON.stringify(text.slice(0, SHOWN_MAX))}`)
  }
}

function isThrown(value: unknown): value is { thrown: string } {
  return typeof value === 'object' && value !== null && 'thrown' in value && typeof value.thrown === 'string'
}
