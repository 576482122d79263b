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
  /** How long writes that nobody awaited may still run when the script has ended. */
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

/** The synchronous, frozen data a script reads as `context.*`. */
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

/** Milliseconds. `toolWaitMs` is the union of the calls' intervals; `utilisation` their sum over their union. */
export interface ScriptTimings {
  stripMs: number
  startMs: number
  guestCpuMs: number
  bridgeMs: number
  freezeMs: number
  teardownMs: number
  toolWaitMs: number
  approvalMs: number
  wallMs: number
  maxInFlight: number
  utilisation?: number
}

interface ScriptReport {
  logs: ScriptLog[]
  /** Log lines dropped by the console's limits. */
  logsDropped: number
  calls: ScriptCall[]
  /** Sentences for the model: calls cancelled or finished unawaited, nothing returned, … */
  notices: string[]
  timings: ScriptTimings
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
  signal?: AbortSignal
  onLog?(log: ScriptLog): void
  /** Told whenever the guest can do nothing but wait, with the calls it waits for. */
  onWaiting?(pendingCallIds: readonly string[]): void
}

/** How forgiving the harness is with malformed replies; one policy for all modes. */
export type Leniency = 'lenient' | 'strict'

/** What was found in a reply's text. `repairs` names each liberty taken. */
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
  /** The `<tool-calls>` programs in a reply's text. */
  extract(text: string, leniency: Leniency): Extraction
  /** TypeScript declarations of the tools and of `context`, for the prompt. */
  declare(tools: readonly ToolDefinition[]): string
  close(): Promise<void>
}
