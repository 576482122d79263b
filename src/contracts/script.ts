import type { JsonObject, JsonValue } from './json.ts'
import type { ToolCall, ToolDefinition, ToolEffect, ToolOutcome } from './tool.ts'

/** Every limit of one script; the unit is the last word of its name. */
export interface ScriptLimits {
  /** Wall time without the time spent waiting for tools and approvals. */
  wallTimeMs: number
  /** Time the guest itself computes. */
  cpuTimeMs: number
  memoryBytesMax: number
  stackBytesMax: number
  /** Further calls fail with `too-many-calls`. */
  toolCallsMax: number
  /** Further calls queue. */
  concurrentCallsMax: number
  /** Returned value and logs together, as JSON. */
  outputBytesMax: number
  /** How long writes that the script did not await can still run after it has ended. */
  graceMs: number
}

export const SCRIPT_LIMITS_DEFAULT: Readonly<ScriptLimits> = {
  wallTimeMs: 30_000,
  cpuTimeMs: 5_000,
  memoryBytesMax: 64 * 1024 * 1024,
  stackBytesMax: 256 * 1024,
  toolCallsMax: 1_000,
  concurrentCallsMax: 32,
  outputBytesMax: 1024 * 1024,
  graceMs: 2_000,
}

export const SCRIPT_FAILURE_CLASSES = [
  'extract',
  'parse',
  'type',
  'unknown-tool',
  'tool-error',
  'thrown',
  'deadlock',
  'cpu',
  'wall',
  'memory',
  'stack',
  'too-many-calls',
  'output-too-large',
  'killed',
  'cancelled',
] as const
export type ScriptFailureClass = (typeof SCRIPT_FAILURE_CLASSES)[number]

export interface ScriptFailure {
  class: ScriptFailureClass
  message: string
  /** 1-based position in the model's own source, where known. */
  line?: number
  column?: number
  /** Three lines of source with a caret under the column. */
  frame?: string
}

/** The synchronous, frozen data that a script reads as `context.*`. */
export interface ScriptContext {
  workingDirectory: string
  conversationId: string
  limits: JsonObject
  env: Record<string, string>
}

/** One line of the ledger: what a script's tool call did. Times relative to the script's start. */
export interface ScriptCall {
  callId: string
  tool: string
  args: JsonValue
  effect: ToolEffect
  status: 'ok' | 'failed' | 'cancelled'
  error?: { code: string; message: string }
  startedMs: number
  ms: number
  /** Position in the order in which calls settled; absent when it never did. */
  settled?: number
  /** False when the script ended before the call settled. */
  awaited: boolean
}

export interface ScriptLog {
  level: 'log' | 'info' | 'warn' | 'error' | 'debug'
  text: string
  atMs: number
}

/**
 * Milliseconds. Each moment counts for one part, so that the parts add up to `wallMs`: where several apply, the guest
 * comes before approvals, these before tools, tools before timers. `utilisation` is the sum of the calls' times over
 * their union.
 */
export interface ScriptTimings {
  stripMs: number
  startMs: number
  guestCpuMs: number
  bridgeMs: number
  freezeMs: number
  teardownMs: number
  toolWaitMs: number
  approvalMs: number
  /** The script waited for its own timers. Absent in logs of earlier versions. */
  timerWaitMs?: number
  wallMs: number
  maxInFlight: number
  utilisation?: number
}

/** One tool call, in the order in which the script made them; calls are numbered from 1. */
export interface RecordedCall {
  tool: string
  argsJson: string
}

/** What reached the script at one moment, in this order: settled calls, then timers. */
export interface RecordedDelivery {
  /** What the script's clock was set to. */
  elapsedMs: number
  /** `json` is the value, or the fields of the `ToolError`. */
  calls: { call: number; ok: boolean; json: string }[]
  timers: number[]
}

/** Everything that determined what a script did. With it, the script runs again without tools, bit for bit. */
export interface ScriptRecording {
  version: 1
  request: Pick<ScriptRequest, 'source' | 'tools' | 'context' | 'limits' | 'seed' | 'nowMs'>
  calls: RecordedCall[]
  deliveries: RecordedDelivery[]
  /** `json` is the returned value, absent when nothing was returned. */
  end: { ok: true; json?: string } | { ok: false; failure: ScriptFailure }
  logs: ScriptLog[]
}

/** How far a replay agreed with its recording. */
export type ScriptReplay =
  | { kind: 'identical'; calls: number }
  /** The first call that differs. `replayed` is absent when the script made fewer calls, `recorded` when it made more. */
  | { kind: 'diverged'; at: 'call'; call: number; recorded?: RecordedCall; replayed?: RecordedCall; message: string }
  | { kind: 'diverged'; at: 'value' | 'failure' | 'logs'; message: string }
  /** The recording is of another version, or damaged. */
  | { kind: 'unreadable'; message: string }
  /** The replay did not get to its end: the engine was closed, or its worker died. */
  | { kind: 'stopped'; message: string }

interface ScriptReport {
  logs: ScriptLog[]
  /** Log lines dropped by the console's limits. */
  logsDropped: number
  calls: ScriptCall[]
  /** Sentences for the model: calls cancelled or finished unawaited, nothing returned, … */
  notices: string[]
  timings: ScriptTimings
  /** Peak memory of the script's virtual machine; absent when the script never started. */
  memoryPeakBytes?: number
  /** The source had been prepared before. */
  cacheHit: boolean
  /** Present when `record` was set and the script started. */
  recording?: ScriptRecording
}

/** `value` is absent when the script returned nothing. */
export type ScriptOutcome = ScriptReport & ({ ok: true; value?: JsonValue } | { ok: false; failure: ScriptFailure })

export interface ScriptCallHooks {
  signal: AbortSignal
  onApprovalPending(isPending: boolean): void
}

export interface ScriptRequest {
  source: string
  tools: readonly ToolDefinition[]
  /** Performs one call. Must not reject. */
  call(call: ToolCall, hooks: ScriptCallHooks): Promise<ToolOutcome>
  context: ScriptContext
  limits: ScriptLimits
  /** Seeds `Math.random`. */
  seed: string
  /** What `Date.now()` starts from, in milliseconds since 1970. */
  nowMs: number
  /** Put before each call's number, so that ids are unique in a trial. */
  callIdPrefix: string
  /** Keeps what a replay needs, results included. */
  record?: boolean
  signal?: AbortSignal
  onLog?(log: ScriptLog): void
  /** Called whenever the script can only wait, with the ids of the calls it waits for. */
  onWaiting?(pendingCallIds: readonly string[]): void
}

/** How forgiving the harness is with malformed replies; one policy for all modes. */
export type Leniency = 'lenient' | 'strict'

/** What was found in a reply's text. `repairs` names everything that lenient reading fixed. */
export type Extraction =
  | { kind: 'none' }
  | { kind: 'scripts'; sources: string[]; repairs: string[] }
  | { kind: 'malformed'; message: string }

/**
 * Runs model-written TypeScript against tools.
 * Contract: `run` never rejects, whatever the script does; the host's event loop stays free; nothing outlives the script.
 */
export interface ScriptEngine {
  run(request: ScriptRequest): Promise<ScriptOutcome>
  /**
   * Runs a recorded script again without tools, giving it the recorded results. A script that was stopped from outside
   * (`cpu`, `wall`, `killed`, `cancelled`) is identical when everything up to its last delivery agrees; an end by `cpu`
   * is compared by its class alone. Never rejects; the recording can come from anywhere.
   */
  replay(recording: ScriptRecording): Promise<ScriptReplay>
  /** The `<tool-calls>` scripts in a reply's text. */
  extract(text: string, leniency: Leniency): Extraction
  /** TypeScript declarations of the tools and of `context`, for the prompt. */
  declare(tools: readonly ToolDefinition[]): string
  close(): Promise<void>
}

export interface TypeProblem {
  /** 1-based position in the model's own source. */
  line: number
  column: number
  /** TypeScript's number, such as 2345. */
  code: number
  message: string
  frame: string
}

export type TypeCheck =
  | { kind: 'checked'; problems: TypeProblem[]; ms: number }
  /** No checker is installed, or it failed: the script runs unchecked. */
  | { kind: 'unavailable'; message: string }

/** Checks scripts against the declarations of their tools, outside the engine. Never rejects. */
export interface TypeChecker {
  /** `declarations` is what `ScriptEngine.declare` gives. Only problems that touch `tools.*` or `context.*` count. */
  check(source: string, declarations: string): Promise<TypeCheck>
  close(): Promise<void>
}
