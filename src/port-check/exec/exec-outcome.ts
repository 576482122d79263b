import { posix } from 'node:path'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { Observed } from '../corpus/corpus-kind.ts'
import { ARGUMENTS_REFUSED } from '../kinds/upstream-arguments.ts'
import { PortFault } from '../port/port-fault.ts'
import type { PortReply } from '../port/port-protocol.ts'
import { isSameButForOrder, type OutputPiece } from './arrival-order.ts'
import type { ExecCase } from './exec-case.ts'
import { type ExecEvent, execEvents, execResult, type ReportedChange } from './exec-protocol.ts'
import { unifiedDiff } from './unified-diff.ts'
import { upstreamError } from './upstream-error.ts'

/** A port's reply with what follows from it. */
interface Ran {
  reply: PortReply
  events: readonly ExecEvent[]
  /** Refused before it was anything: upstream announces nothing then. */
  isEarly: boolean
  isPatch: boolean
  isAborted: boolean
}

/** What upstream announced and answered, as far as it is compared. */
export function expectedOf(one: ExecCase): Observed {
  const { end, begin } = one
  const changes = begin?.changes === undefined ? {} : { begin: { ...begin } }
  return {
    exit: end == null ? 'none' : 'success' in end ? String(end.success) : end.exit_code,
    texts: {
      ...(end != null && { stdout: end.stdout, stderr: end.stderr }),
      ...(end != null && 'exit_code' in end && { aggregated: end.aggregated_output, formatted: end.formatted_output }),
      ...shownDeltas(stream => bytesOf(one.delta_bytes[stream])),
      model: comparableModelText(one.model_output),
    },
    events: { order: one.events, ...changes },
    ...(one.seconds !== undefined && { result: { seconds: one.seconds } }),
  }
}

/** What a port did, in the same terms; what can differ from run to run is taken from upstream where it fits. */
export function observedOf(given: PortReply, one: ExecCase, emptied: (text: string) => string): Observed {
  const ran = readReply(given)
  const wanted = expectedOf(one).texts ?? {}
  const end = endOf(ran, one, emptied)
  const shown = (text: string) => withoutTimes(emptied(text))
  const patch = ran.events.find(event => event.type === 'patch')
  const isAsked = ran.events.some(event => event.type === 'approval' && event.isPatch)
  const begin = patch && { auto_approved: !isAsked, changes: changesOf(patch.changes, emptied) }
  const seconds = one.seconds === undefined ? undefined : secondsOf(ran.reply, one.seconds)
  const texts = {
    ...end.texts,
    ...shownDeltas(stream => emptiedBytes(deltaOf(ran.events, stream), emptied)),
    model: ran.isAborted ? 'none' : comparableModelText(end.reorder(shown(modelTextOf(ran)))),
  }
  return {
    exit: end.exit,
    texts: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, settled(text, wanted[name])])),
    events: { order: orderOf(ran).map(emptied), ...(begin && { begin }) },
    ...(seconds !== undefined && { result: { seconds } }),
  }
}

function readReply(reply: PortReply): Ran {
  const events = execEvents.safeParse(reply.events ?? [])
  if (!events.success) throw new PortFault('bad-reply', `events: ${events.error.issues[0]?.message}`)
  const message = reply.ok ? '' : reply.error.message
  const isPatch =
    events.data.some(event => event.type === 'patch' || (event.type === 'approval' && event.isPatch)) ||
    /^(?:apply_patch verification failed|patch rejected)/.test(message)
  const isUnread = !reply.ok && reply.error.code === 'invalid-arguments' && message !== 'command args are empty'
  return {
    reply,
    events: events.data,
    isPatch,
    isEarly: isUnread || message.startsWith('approval policy is '),
    isAborted: !reply.ok && reply.error.code === 'cancelled',
  }
}

function orderOf({ events, isPatch, isEarly, isAborted }: Ran): string[] {
  const order = isPatch || isEarly ? [] : ['exec_command_begin']
  for (const event of events) {
    const name = nameOf(event)
    const isRepeated = name === order.at(-1) || (name === 'patch_apply_begin' && order.includes(name))
    if (name !== undefined && !isRepeated) order.push(name)
  }
  if (isAborted) return order
  if (order.includes('exec_command_begin')) order.push('exec_command_end')
  if (order.includes('patch_apply_begin')) order.push('patch_apply_end')
  return order
}

function nameOf(event: ExecEvent): string | undefined {
  switch (event.type) {
    case 'approval':
      return `${event.isPatch ? 'apply_patch' : 'exec'}_approval_request:${event.explanation ?? 'None'}`
    case 'patch':
      return 'patch_apply_begin'
    case 'output':
      return 'delta'
    case 'formatted':
      return undefined
  }
}

interface End {
  exit: number | string
  texts: Record<string, string>
  /** Puts what came at the same moment in upstream's order, in a text that contains it. */
  reorder(text: string): string
}

function endOf(ran: Ran, one: ExecCase, emptied: (text: string) => string): End {
  const { reply, events, isPatch } = ran
  const none: End = { exit: 'none', texts: {}, reorder: text => text }
  if (ran.isEarly || ran.isAborted || (isPatch && !events.some(event => event.type === 'patch'))) return none
  if (!reply.ok) {
    const stderr = emptied(upstreamError(reply.error))
    if (isPatch) return { ...none, exit: 'false', texts: { stdout: '', stderr } }
    return { ...none, exit: -1, texts: { stdout: '', stderr, aggregated: stderr, formatted: stderr } }
  }
  const result = execResult.safeParse(reply.result)
  if (!result.success) throw new PortFault('bad-reply', `result: ${result.error.issues[0]?.message}`)
  const { exitCode, ...output } = result.data
  const texts = { stdout: emptied(output.stdout), stderr: emptied(output.stderr) }
  if (isPatch) return { ...none, exit: String(exitCode === 0), texts }
  const ours = emptied(output.aggregatedOutput)
  const theirs = one.end != null && 'aggregated_output' in one.end ? one.end.aggregated_output : ours
  const isSame = ours !== theirs && isSameButForOrder(theirs, ours, lastPieces(events, emptied))
  const reorder = isSame
    ? (text: string) => text.replace(ours, () => theirs).replace(inJson(ours), () => inJson(theirs))
    : none.reorder
  const formatted = events.find(event => event.type === 'formatted')?.text ?? ''
  const shown = reorder(withoutTimes(emptied(formatted)))
  return { exit: exitCode, texts: { ...texts, aggregated: isSame ? theirs : ours, formatted: shown }, reorder }
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** The pieces of the last attempt. */
function lastPieces(events: readonly ExecEvent[], emptied: (text: string) => string): OutputPiece[] {
  const start = events.findLastIndex(event => event.type === 'approval') + 1
  return events.slice(start).flatMap(event => {
    if (event.type !== 'output') return []
    return [{ stream: event.stream, text: emptied(Buffer.from(event.base64, 'base64').toString()), atMs: event.atMs }]
  })
}

function modelTextOf({ reply, isEarly, isPatch }: Ran): string {
  if (reply.ok) return reply.text ?? ''
  return isEarly || isPatch ? reply.error.message : upstreamError(reply.error)
}

/** Each reader of arguments has its own words. */
function comparableModelText(text: string | null | undefined): string {
  if (text == null) return 'none'
  return text.startsWith(ARGUMENTS_REFUSED) ? ARGUMENTS_REFUSED : text
}

function withoutTimes(text: string): string {
  return text
    .replace(/command timed out after \d+ milliseconds/, 'command timed out after {{MS}} milliseconds')
    .replace(/"duration_seconds":[\d.]+\}\}$/, '"duration_seconds":{{S}}}}')
    .replace(/^(Exit code: -?\d+\nWall time: )[\d.]+ seconds/, '$1{{S}} seconds')
}

/** Numbers of processes differ from run to run. */
function settled(text: string, theirs: string | undefined): string {
  if (theirs === undefined || !theirs.includes('{{PID}}')) return text
  const escaped = theirs.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\{\\{PID\\}\\}', '\\s*\\d+')
  return new RegExp(`^${escaped}$`).test(text) ? theirs : text
}

/** A machine under load is slower; nothing is faster than what it waits for. */
const EARLY_SECONDS_MAX = 0.15
const LATE_SECONDS_MAX = 3

function secondsOf(reply: PortReply, theirs: number): number {
  const result = reply.ok ? execResult.safeParse(reply.result) : undefined
  const ours = result?.success ? result.data.durationMs / 1000 : 0
  const isNear = ours > theirs - EARLY_SECONDS_MAX && ours < theirs + LATE_SECONDS_MAX
  return isNear ? theirs : Math.round(ours * 10) / 10
}

function deltaOf(events: readonly ExecEvent[], stream: 'stdout' | 'stderr'): Buffer {
  const own = events.filter(event => event.type === 'output' && event.stream === stream)
  return Buffer.concat(own.map(event => Buffer.from((event as { base64: string }).base64, 'base64')))
}

function emptiedBytes(bytes: Buffer, emptied: (text: string) => string): Buffer {
  const text = bytes.toString()
  return Buffer.from(text).equals(bytes) ? Buffer.from(emptied(text)) : bytes
}

function bytesOf(bytes: string | { b64: string } | undefined): Buffer {
  return typeof bytes === 'object' ? Buffer.from(bytes.b64, 'base64') : Buffer.from(bytes ?? '')
}

function shownDeltas(bytesOfStream: (stream: 'stdout' | 'stderr') => Buffer): Record<string, string> {
  const shown = (bytes: Buffer) =>
    Buffer.from(bytes.toString()).equals(bytes) ? bytes.toString() : `base64 ${bytes.toString('base64')}`
  return { 'stdout deltas': shown(bytesOfStream('stdout')), 'stderr deltas': shown(bytesOfStream('stderr')) }
}

function changesOf(changes: readonly ReportedChange[], emptied: (text: string) => string): JsonObject {
  return Object.fromEntries(changes.map(change => [emptied(change.path), upstreamChange(change, emptied)]))
}

function upstreamChange(change: ReportedChange, emptied: (text: string) => string): JsonValue {
  if (change.kind === 'add') return { add: { content: change.after } }
  if (change.kind === 'delete') return { delete: { content: change.before } }
  const movePath = change.movedTo === undefined ? null : emptied(posix.normalize(change.movedTo))
  return { update: { unified_diff: unifiedDiff(change.before, change.after), move_path: movePath } }
}
