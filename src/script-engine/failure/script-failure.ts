import { sourceFrame } from '../../base/source-frame.ts'
import type { ScriptFailure, ScriptFailureClass, ScriptLimits } from '../../contracts/script.ts'
import type { PreparedScript } from '../source/prepare-script.ts'
import type { InterruptReason } from '../thread/worker-messages.ts'
import type { GuestError, VmFailure } from '../vm/script-vm.ts'
import { hintFor } from './failure-hints.ts'
import { explainVmParseError } from './parse-advice.ts'
import { type Position, positionInScript, positionOfParseError, tokenAtPosition } from './script-position.ts'
import { notCallable } from './value-hints.ts'

const MIB = 1024 * 1024

type Unplaced = Pick<ScriptFailure, 'class' | 'message'>

/** A failure with its place, where the stack names one. */
function placed(script: PreparedScript, fields: Unplaced, stack = ''): ScriptFailure {
  return withPlace(script, fields, positionInScript(stack, script))
}

function withPlace(script: PreparedScript, fields: Unplaced, position: Position | undefined): ScriptFailure {
  if (position === undefined) return fields
  return { ...fields, ...position, frame: sourceFrame(script.source, position.line, position.column) }
}

/** A budget ran out, or the caller stopped the script. */
export function interruptFailure(
  script: PreparedScript,
  reason: InterruptReason,
  limits: ScriptLimits,
  stack?: string,
): ScriptFailure {
  const messages: Record<InterruptReason, string> = {
    cpu: `the script computed for more than ${limits.cpuTimeMs} ms`,
    wall: `the script ran for more than ${limits.wallTimeMs} ms, not counting the time its tools took`,
    cancelled: 'the script was cancelled from outside',
  }
  return placed(script, { class: reason, message: messages[reason] }, stack)
}

function thrownFailure(script: PreparedScript, error: GuestError): ScriptFailure {
  const { name, message, stack, tool, code } = error
  if (tool !== undefined) {
    const known: Record<string, ScriptFailureClass> = {
      'unknown-tool': 'unknown-tool',
      'too-many-calls': 'too-many-calls',
    }
    const text = code === 'unknown-tool' ? message : `tools.${tool} failed (${code}): ${message}`
    return placed(script, { class: known[code ?? ''] ?? 'tool-error', message: text }, stack)
  }
  const position = positionInScript(stack, script, message)
  const place = position && tokenAtPosition(position, script)
  const isOperator = message === 'not a function' && !/^[^\n]*\(native\)/.test(stack)
  const said = isOperator && place !== undefined ? notCallable(place) : message
  const text = name === '' ? `the script threw ${message}` : message === '' ? name : `${name}: ${said}`
  const hint = hintFor(error, place)
  return withPlace(script, { class: 'thrown', message: hint === undefined ? text : `${text} (${hint})` }, position)
}

/** Why a script failed, in the model's terms and at its own line. */
export function scriptFailure(
  script: PreparedScript,
  failure: VmFailure,
  limits: ScriptLimits,
  reason?: InterruptReason,
): ScriptFailure {
  if (reason !== undefined && failure.kind !== 'crashed') {
    const error = 'error' in failure ? failure.error : undefined
    return interruptFailure(script, reason, limits, error?.stack)
  }
  switch (failure.kind) {
    case 'parse': {
      const { message, stack } = failure.error
      const position = positionOfParseError(stack, message, script)
      const text =
        position === undefined ? '' : script.source.split('\n')[position.line - 1]?.slice(position.column - 1)
      return withPlace(script, { class: 'parse', message: explainVmParseError(message, text ?? '') }, position)
    }
    case 'thrown':
      return thrownFailure(script, failure.error)
    case 'interrupted':
      return interruptFailure(script, 'cpu', limits, failure.error?.stack)
    case 'memory': {
      const message = `the script needed more than its ${Math.round(limits.memoryBytesMax / MIB)} MiB of memory`
      return placed(script, { class: 'memory', message }, failure.error?.stack)
    }
    case 'stack': {
      const message = 'the script nested calls or expressions too deeply: its stack is used up'
      return placed(script, { class: 'stack', message }, failure.error?.stack)
    }
    case 'deadlock': {
      const message = 'the script awaits a promise that nothing can settle: no tool call and no timer is pending'
      return placed(script, { class: 'deadlock', message }, failure.stack)
    }
    case 'output-too-large': {
      const message = `the returned value and the logs are ${failure.lengthMin} bytes of JSON or more; at most ${limits.outputBytesMax} are allowed: return less, or a part`
      return { class: 'output-too-large', message }
    }
    case 'crashed':
      return { class: 'killed', message: `the script's machine broke down: ${failure.message}` }
  }
}
