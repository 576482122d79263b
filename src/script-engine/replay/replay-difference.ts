import type { RecordedCall, ScriptFailure, ScriptLog, ScriptRecording, ScriptReplay } from '../../contracts/script.ts'
import { SCRIPT_FAILURE_TRAITS } from '../../contracts/traits/script-failures.ts'

const EXCERPT_LENGTH = 160
/** How much is shown before the first difference. */
const LEAD_LENGTH = 40

type Divergence = Extract<ScriptReplay, { kind: 'diverged' }>
type End = ScriptRecording['end']

/**
 * Whether the script was stopped rather than ended by itself. Where in its last slice that happened hangs on the
 * machine, so of this slice only what both made is compared.
 */
export function isOutsideEnd(end: End): boolean {
  return !end.ok && SCRIPT_FAILURE_TRAITS[end.failure.class].isStoppedFromOutside
}

/** Names a call that is not as recorded. Without `replayed` the script made fewer, without `recorded` more. */
export function callDifference(call: number, recorded?: RecordedCall, replayed?: RecordedCall): Divergence {
  const [before, after] = excerpts(textOf(recorded), textOf(replayed))
  const message = `call ${call}: recorded ${before}; replayed ${after}. Until then the script was given the same: its source or its tools were changed, or this engine computes something otherwise`
  return { kind: 'diverged', at: 'call', call, message, ...(recorded && { recorded }), ...(replayed && { replayed }) }
}

function textOf(call: RecordedCall | undefined): string {
  return call === undefined ? 'no such call' : `tools.${call.tool}(${call.argsJson})`
}

/**
 * Compares the ends: values byte for byte, failures by class, message, line and column. An end from
 * outside agrees with any, except that one for computing too long asks for the same class.
 */
export function endDifference(recorded: End, replayed: End): Divergence | undefined {
  const isOutside = isOutsideEnd(recorded)
  if (isOutside && (classOf(recorded) !== 'cpu' || classOf(replayed) === 'cpu')) return undefined
  const [left, right] = [endText(recorded), endText(replayed)]
  if (left === right) return undefined
  const at = recorded.ok && replayed.ok ? 'value' : 'failure'
  const [before, after] = excerpts(left, right)
  const isTime = isOutside || isOutsideEnd(replayed)
  const hint = isTime ? '; how much is computed in a given time hangs on the machine' : ', after the same calls'
  return { kind: 'diverged', at, message: `${at}: recorded ${before}; replayed ${after}${hint}` }
}

/** The source of a script that once ran cannot be made ready now. */
export function unprepared(failure: ScriptFailure): ScriptReplay {
  if (failure.class !== 'parse') return { kind: 'stopped', message: failure.message }
  const message = `failure: recorded a script that ran; replayed ${endText({ ok: false, failure })}`
  return { kind: 'diverged', at: 'failure', message }
}

/** The replayed script ended while the recorded one still waited. */
export function earlyEnd(replayed: End): Divergence {
  const message = `the end: recorded a script that waited for more; replayed ${excerpts(endText(replayed), '')[0]}`
  return { kind: 'diverged', at: replayed.ok ? 'value' : 'failure', message }
}

/** The replayed script waits for more than the recorded one did. */
export function lateEnd(recorded: End): Divergence {
  const message = `the end: recorded ${excerpts(endText(recorded), '')[0]}; replayed a script that waits for more`
  return { kind: 'diverged', at: recorded.ok ? 'value' : 'failure', message }
}

const classOf = (end: End) => (end.ok ? undefined : end.failure.class)

function endText(end: End): string {
  if (end.ok) return end.json === undefined ? 'nothing returned' : `${end.json} returned`
  const { class: failureClass, message, line, column } = end.failure
  const place = line === undefined ? '' : ` at ${line}:${column ?? '?'}`
  return `failure ${failureClass}${place}: ${message}`
}

/** `linesMax`: only that many lines of each are compared. */
export function logDifference(
  recorded: readonly ScriptLog[],
  replayed: readonly ScriptLog[],
  linesMax: number,
): Divergence | undefined {
  for (let index = 0; index < Math.min(linesMax, Math.max(recorded.length, replayed.length)); index++) {
    const [left, right] = [logText(recorded[index]), logText(replayed[index])]
    if (left === right) continue
    const [before, after] = excerpts(left, right)
    return { kind: 'diverged', at: 'logs', message: `log line ${index + 1}: recorded ${before}; replayed ${after}` }
  }
  return undefined
}

function logText(log: ScriptLog | undefined): string {
  return log === undefined ? 'no such line' : `${log.level} at ${log.atMs} ms: ${log.text}`
}

/** Two texts, each cut to the part around their first difference. */
function excerpts(left: string, right: string): [string, string] {
  let same = 0
  while (same < left.length && left[same] === right[same]) same++
  const start = same > EXCERPT_LENGTH - LEAD_LENGTH ? same - LEAD_LENGTH : 0
  const cut = (text: string) => {
    const end = start + EXCERPT_LENGTH
    return `${start > 0 ? '…' : ''}${text.slice(start, end)}${text.length > end ? '…' : ''}`
  }
  return [cut(left), cut(right)]
}
