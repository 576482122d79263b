import { isObject } from '../../base/json-fields.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { SessionTurn } from '../upstream/event-session.ts'

/** What a corpus keeps of a turn: the order of events, the first and the last of them, and what the model was shown. */
export function turnMembers({ events, output }: SessionTurn, emptied: (text: string) => string): JsonObject {
  const begin = events.find(({ type }) => type === 'exec_command_begin' || type === 'patch_apply_begin')
  const end = events.find(({ type }) => type === 'exec_command_end' || type === 'patch_apply_end')
  const deltas = deltaBytes(events, emptied)
  const shown = (value: JsonValue) => JSON.parse(emptied(JSON.stringify(value))) as JsonValue
  return {
    events: orderOf(events).map(emptied),
    begin: begin === undefined ? null : shown(only(begin, BEGIN_MEMBERS)),
    end: end === undefined ? null : withoutTime(shown(only(end, END_MEMBERS))),
    model_output: output === undefined ? null : withoutTime(emptied(output)),
    ...(Object.keys(deltas).length > 0 && { delta_bytes: deltas }),
    ...(isObject(end?.duration) && { seconds: secondsOf(end.duration) }),
  }
}

const BEGIN_MEMBERS = ['command', 'cwd', 'parsed_cmd', 'auto_approved', 'changes']
const END_MEMBERS = ['stdout', 'stderr', 'aggregated_output', 'exit_code', 'formatted_output', 'success']

function only(event: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(event).filter(([name]) => names.includes(name)))
}

/** Adjacent pieces of output count as one event; a question carries its reason. */
function orderOf(events: readonly JsonObject[]): string[] {
  const order: string[] = []
  for (const event of events) {
    const name = nameOf(event)
    if (name !== undefined && !(name === 'delta' && order.at(-1) === 'delta')) order.push(name)
  }
  return order
}

function nameOf({ type, reason }: JsonObject): string | undefined {
  switch (type) {
    case 'exec_command_begin':
    case 'exec_command_end':
    case 'patch_apply_begin':
    case 'patch_apply_end':
      return type
    case 'exec_command_output_delta':
      return 'delta'
    case 'exec_approval_request':
    case 'apply_patch_approval_request':
      return `${type}:${reason ?? 'None'}`
    default:
      return undefined
  }
}

function deltaBytes(events: readonly JsonObject[], emptied: (text: string) => string): JsonObject {
  const deltas = events.filter(({ type }) => type === 'exec_command_output_delta')
  const ofStream = (name: string) =>
    Buffer.concat(
      deltas.filter(({ stream }) => stream === name).map(({ chunk }) => Buffer.from(String(chunk), 'base64')),
    )
  const found = ['stdout', 'stderr']
    .map(name => [name, ofStream(name)] as const)
    .filter(([, bytes]) => bytes.length > 0)
  return Object.fromEntries(
    found.map(([name, bytes]) => {
      const text = bytes.toString()
      return [name, Buffer.from(text).equals(bytes) ? emptied(text) : { b64: bytes.toString('base64') }]
    }),
  )
}

function withoutTime<Value extends JsonValue>(value: Value): Value {
  const text = JSON.stringify(value)
    .replace(/command timed out after \d+ milliseconds/g, 'command timed out after {{MS}} milliseconds')
    .replace(/(\\"duration_seconds\\":)[\d.]+/g, '$1{{S}}')
    .replace(/(Exit code: -?\d+\\nWall time: )[\d.]+ seconds/g, '$1{{S}} seconds')
  return JSON.parse(text) as Value
}

function secondsOf({ secs, nanos }: JsonObject): number {
  return Math.round((Number(secs) + Number(nanos) / 1e9) * 10) / 10
}
