import { sourceFrame } from '../../base/source-frame.ts'
import type { ScriptFailure, ScriptFailureClass, ScriptLimits } from '../../contracts/script.ts'
import type { PreparedScript } from '../source/prepare-script.ts'
import type { InterruptReason } from '../thread/worker-messages.ts'
import type { GuestError, VmFailure } from '../vm/script-vm.ts'
import { hintFor } from './failure-hints.ts'
import { explainVmParseError } from './parse-advice.ts'
import { type Locator, type Position, rawLocator } from './script-position.ts'
import { notCallable } from './value-hints.ts'

const MIB = 1024 * 1024

type Unplaced = Pick<ScriptFailure, 'class' | 'message'>

/** A script that failed in its machine. */
export interface FailedScript {
  script: PreparedScript
  failure: VmFailure
  limits: ScriptLimits
  reason?: InterruptReason
}

function withPlace(script: PreparedScript, fields: Unplaced, position: Position | undefined): ScriptFailure {
  if (position === undefined) return fields
  return { ...fields, ...position, frame: sourceFrame(script.source, position.line, position.column) }
}

/** A budget ran out, or the caller stopped the script. */
export function interruptFailure(reason: InterruptReason, limits: ScriptLimits): Unplaced {
  const messages: Record<InterruptReason, string> = {
    cpu: `the script computed for more than ${limits.cpuTimeMs} ms`,
    wall: `the script ran for more than ${limits.wallTimeMs} ms, not counting the time its tools took`,
    cancelled: 'the script was cancelled from outside',
  }
  return { class: reason, message: messages[reason] }
}

function thrownFailure(script: PreparedScript, error: GuestError, locator: Locator): ScriptFailure {
  const { name, message, stack, tool, code } = error
  if (tool !== undefined) {
    const known: Record<string, ScriptFailureClass> = {
      'unknown-tool': 'unknown-tool',
      'too-many-calls': 'too-many-calls',
    }
    const text = code === 'unknown-tool' ? message : `tools.${tool} failed (${code}): ${message}`
    return withPlace(script, { class: known[code ?? ''] ?? 'tool-error', message: text }, locator.thrown(stack, ''))
  }
  const position = locator.thrown(stack, message)
  const place = position && locator.hintPlace(position)
  const isOperator = message === 'not a function' && !/^[^\n]*\(native\)/.test(stack)
  const said = isOperator && place !== undefined ? notCallable(place) : message
  const text = name === '' ? `the script threw ${message}` : message === '' ? name : `${name}: ${said}`
  const hint = hintFor(error, place)
  return withPlace(script, { class: 'thrown', message: hint === undefined ? text : `${text} (${hint})` }, position)
}

/** Why a script failed, in the model's terms and at its own line; without a locator where QuickJS says. */
export function scriptFailure(failed: FailedScript, locator: Locator = rawLocator(failed.script)): ScriptFailure {
  const { script, failure, limits, reason } = failed
  const placed = (fields: Unplaced, stack = '', message = '') =>
    withPlace(script, fields, locator.thrown(stack, message))
  const interrupted = (by: InterruptReason, error: GuestError | undefined) =>
    placed(interruptFailure(by, limits), error?.stack, error?.message)
  if (reason !== undefined && failure.kind !== 'crashed') {
    return interrupted(reason, 'error' in failure ? failure.error : undefined)
  }
  switch (failure.kind) {
    case 'parse': {
      const { message, stack } = failure.error
      const position = locator.parse(stack, message)
      const text =
        position === undefined ? '' : script.source.split('\n')[position.line - 1]?.slice(position.column - 1)
      return withPlace(script, { class: 'parse', message: explainVmParseError(message, text ?? '') }, position)
    }
    case 'thrown':
      return thrownFailure(script, failure.error, locator)
    case 'interrupted':
      return interrupted('cpu', failure.error)
    case 'memory': {
      const message = `the script needed more than its ${Math.round(limits.memoryBytesMax / MIB)} MiB of memory`
      return placed({ class: 'memory', message }, failure.error?.stack)
    }
    case 'stack': {
      const message = 'the script nested calls or expressions too deeply: its stack is used up'
      return placed({ class: 'stack', message }, failure.error?.stack)
    }
    case 'deadlock': {
      const message = 'the script awaits a promise that nothing can settle: no tool call and no timer is pending'
      return placed({ class: 'deadlock', message }, failure.stack)
    }
    case 'output-too-large': {
      const message = `the returned value and the logs are ${failure.lengthMin} bytes of JSON or more; at most ${limits.outputBytesMax} are allowed: return less, or a part`
      return { class: 'output-too-large', message }
    }
    case 'crashed':
      return { class: 'killed', message: `the script's machine broke down: ${failure.message}` }
  }
}
