import { errorText } from '../../base/error-text.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { Result } from '../../contracts/result.ts'
import type { ScriptCall, ScriptRequest } from '../../contracts/script.ts'
import type { ToolCall, ToolEffect, ToolErrorCode, ToolFailure, ToolOutcome } from '../../contracts/tool.ts'
import type { ToolRegistry } from '../declarations/tool-registry.ts'
import { isNestedDeeper, JSON_DEPTH_MAX } from '../vm/json-depth.ts'
import type { GuestCall } from '../vm/script-vm.ts'
import type { ApprovalBridge } from './approval-bridge.ts'

/** One settled call as it goes back to the guest; `json` is the value, or the fields of its `ToolError`. */
export interface Settlement {
  id: number
  isOk: boolean
  json: string
}

export interface TrackedCall {
  id: number
  call: ToolCall
  effect: ToolEffect
  stack: string
  state: 'queued' | 'running' | 'settled'
  status: ScriptCall['status']
  error?: { code: string; message: string }
  startedMs: number
  endedMs: number
  settled?: number
  awaited: boolean
  controller: AbortController
}

/** Every tool call of one script: pending, settled, cancelled. Nothing in it outlives the script. */
export interface PromiseTracker {
  /** Starts a call, or queues it beyond the cap. */
  add(call: GuestCall): void
  pendingIds(): string[]
  readonly pendingCount: number
  readonly maxInFlight: number
  readonly calls: readonly TrackedCall[]
  /** The script is over: nothing queued starts, nothing is delivered. Returns what was still pending. */
  close(): { neverStarted: TrackedCall[]; running: TrackedCall[] }
  /** Resolves when none of the calls runs any more. */
  whenSettled(calls: readonly TrackedCall[]): Promise<void>
  cancel(call: TrackedCall): void
}

interface Parts {
  request: Pick<ScriptRequest, 'call' | 'callIdPrefix' | 'limits'>
  registry: ToolRegistry
  approvals: ApprovalBridge
  /** Milliseconds since the script's start. */
  nowMs(): number
  onSettled(settlement: Settlement): void
}

/** The value as JSON text; what no script could be given becomes the tool's failure. */
function encode(tool: string, outcome: ToolOutcome, lengthMax: number): { outcome: ToolOutcome; json: string } {
  const fail = (code: ToolErrorCode, message: string): { outcome: ToolOutcome; json: string } => {
    return { outcome: { ok: false, error: { code, message } }, json: '' }
  }
  try {
    if (!outcome.ok) return fail(outcome.error.code, String(outcome.error.message))
    const json = JSON.stringify(outcome.result) ?? 'null'
    if (json.length > lengthMax) return fail('failed', `the result of ${tool} is ${json.length} characters of JSON`)
    if (!isNestedDeeper(json, JSON_DEPTH_MAX)) return { outcome, json }
    return fail('failed', `the result of ${tool} is nested deeper than ${JSON_DEPTH_MAX} levels`)
  } catch (cause) {
    return fail('failed', `the result of ${tool} is not JSON: ${errorText(cause)}`)
  }
}

function readArguments({ tool, argsJson }: GuestCall): Result<JsonValue, ToolFailure> {
  const refuse = (what: string) =>
    ({ ok: false, error: { code: 'invalid-arguments', message: `the arguments of ${tool} are ${what}` } }) as const
  if (isNestedDeeper(argsJson, JSON_DEPTH_MAX)) return refuse(`nested deeper than ${JSON_DEPTH_MAX} levels`)
  try {
    return { ok: true, value: JSON.parse(argsJson) as JsonValue }
  } catch {
    return refuse('not JSON')
  }
}

/** Starts and follows the calls of one script. */
export function createPromiseTracker(parts: Parts): PromiseTracker {
  return new CallTracker(parts)
}

class CallTracker implements PromiseTracker {
  readonly calls: TrackedCall[] = []
  maxInFlight = 0
  readonly #parts: Parts
  readonly #queue: TrackedCall[] = []
  readonly #listeners = new Set<() => void>()
  #inFlight = 0
  #settledCount = 0
  #isClosed = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get pendingCount(): number {
    return this.calls.length - this.#settledCount
  }

  pendingIds(): string[] {
    return this.#pending().map(entry => entry.call.callId)
  }

  add(posted: GuestCall): void {
    const { request, registry, nowMs } = this.#parts
    const { toolCallsMax, concurrentCallsMax } = request.limits
    if (this.#isClosed && this.calls.length >= toolCallsMax) return
    const call: ToolCall = { callId: `${request.callIdPrefix}${posted.id}`, tool: posted.tool, args: null }
    const effect = registry.effectOf(posted.tool)
    const entry: TrackedCall = {
      ...{ id: posted.id, call, effect: effect ?? 'read', stack: posted.stack, state: 'queued', status: 'cancelled' },
      ...{ startedMs: nowMs(), endedMs: nowMs(), awaited: false, controller: new AbortController() },
    }
    this.calls.push(entry)
    const args = readArguments(posted)
    if (args.ok) call.args = args.value
    const refusal = !args.ok ? args.error : effect === undefined ? registry.unknownTool(posted.tool) : undefined
    if (refusal !== undefined) this.#settle(entry, { ok: false, error: refusal })
    else if (this.#isClosed) return
    else if (this.#inFlight >= Math.max(1, concurrentCallsMax)) this.#queue.push(entry)
    else this.#launch(entry)
  }

  close(): { neverStarted: TrackedCall[]; running: TrackedCall[] } {
    this.#isClosed = true
    const open = this.#pending()
    return {
      neverStarted: open.filter(entry => entry.state === 'queued'),
      running: open.filter(entry => entry.state === 'running'),
    }
  }

  whenSettled(awaited: readonly TrackedCall[]): Promise<void> {
    return new Promise(resolve => {
      const check = () => {
        if (awaited.some(entry => entry.state === 'running')) return
        this.#listeners.delete(check)
        resolve()
      }
      this.#listeners.add(check)
      check()
    })
  }

  cancel(entry: TrackedCall): void {
    entry.controller.abort()
    this.#parts.approvals.set(entry.id, false)
  }

  #pending(): TrackedCall[] {
    return this.calls.filter(entry => entry.state !== 'settled')
  }

  #settle(entry: TrackedCall, given: ToolOutcome): void {
    if (entry.state === 'settled') return
    const { request, approvals, nowMs, onSettled } = this.#parts
    const { outcome, json } = encode(entry.call.tool, given, request.limits.memoryBytesMax)
    entry.state = 'settled'
    entry.endedMs = nowMs()
    entry.status = outcome.ok ? 'ok' : entry.controller.signal.aborted ? 'cancelled' : 'failed'
    entry.settled = this.#settledCount++
    entry.awaited = !this.#isClosed
    if (!outcome.ok) entry.error = { code: outcome.error.code, message: outcome.error.message }
    approvals.set(entry.id, false)
    if (this.#isClosed) {
      for (const listener of this.#listeners) listener()
      return
    }
    const { tool, callId } = entry.call
    const fields = { tool, callId, ...entry.error }
    onSettled({ id: entry.id, isOk: outcome.ok, json: outcome.ok ? json : JSON.stringify(fields) })
  }

  #launch(entry: TrackedCall): void {
    const { request, approvals, nowMs } = this.#parts
    entry.state = 'running'
    entry.startedMs = nowMs()
    this.#inFlight += 1
    this.maxInFlight = Math.max(this.maxInFlight, this.#inFlight)
    const hooks = {
      signal: entry.controller.signal,
      onApprovalPending: (isPending: boolean) => {
        if (entry.state === 'running') approvals.set(entry.id, isPending)
      },
    }
    const done = (outcome: ToolOutcome) => this.#done(entry, outcome)
    const fail = (cause: unknown) => done({ ok: false, error: { code: 'failed', message: errorText(cause) } })
    try {
      Promise.resolve(request.call(entry.call, hooks)).then(done, fail)
    } catch (cause) {
      fail(cause)
    }
  }

  #done(entry: TrackedCall, outcome: ToolOutcome): void {
    this.#inFlight -= 1
    this.#settle(entry, outcome)
    const next = this.#isClosed ? undefined : this.#queue.shift()
    if (next !== undefined) this.#launch(next)
  }
}
