import type { ZodType } from 'zod'
import type { Clock } from './clock.ts'
import type { JsonSchema, JsonValue } from './json.ts'
import type { OsSandbox } from './os-sandbox.ts'
import type { Result } from './result.ts'
import type { WorkspaceView } from './workspace.ts'

/** Stable codes of a failed tool call; the same in every mode. */
export type ToolErrorCode =
  | 'invalid-arguments'
  | 'unknown-tool'
  | 'denied'
  | 'outside-workspace'
  | 'not-found'
  | 'failed'
  | 'timed-out'
  | 'cancelled'
  | 'unavailable'
  | 'too-many-calls'

export interface ToolFailure {
  code: ToolErrorCode
  /** A sentence for the model: what, where, what was expected. No host path. */
  message: string
}

/** `result` is what scripts and the oracle get; `text` is what a structured call shows the model: `render(result)`. */
export type ToolOutcome = { ok: true; result: JsonValue; text: string } | { ok: false; error: ToolFailure }

/** A read can be cancelled at any moment; a write can finish within a grace period. */
export type ToolEffect = 'read' | 'write'

/** What every mode shows the model of a tool. */
export interface ToolDefinition {
  name: string
  description: string
  inputSchema: JsonSchema
  resultSchema: JsonSchema
  effect: ToolEffect
}

export interface ToolContext {
  workspace: WorkspaceView
  sandbox: OsSandbox
  clock: Clock
  signal: AbortSignal
  /** Adds facts to the call's record that no model sees. */
  note(facts: ToolCallFacts): void
  /** Reports on a running call, for displays and the log; no model sees it. */
  progress?(progress: ToolProgress): void
}

/** What is known about a call while it runs. */
export type ToolProgress =
  | { type: 'output'; stream: 'stdout' | 'stderr'; chunk: Uint8Array }
  /** A patch is about to be applied. Paths are the agent's. */
  | { type: 'patch'; changes: readonly FileChange[] }

/** One file of a patch; `before` and `after` are its whole texts. */
export type FileChange =
  | { kind: 'add'; path: string; after: string }
  | { kind: 'delete'; path: string; before: string }
  | { kind: 'update'; path: string; before: string; after: string; movedTo?: string }

/** One tool. `run` returns expected failures as values; what it throws is recorded as `failed`. */
export interface Tool<Input = never, Output = unknown> {
  name: string
  /** Shown to the model, the same bytes in every mode. */
  description: string
  effect: ToolEffect
  input: ZodType<Input>
  output: ZodType<Output>
  /** How many calls of this tool can run at once; further ones queue in order. */
  concurrencyMax: number
  /** Set when this call needs an approval under a policy that asks. */
  approval?(
    input: Input,
    context: Pick<ToolContext, 'workspace' | 'sandbox'>,
  ): ApprovalNeed | undefined | Promise<ApprovalNeed | undefined>
  /**
   * Asked after a run inside an OS sandbox: when the sandbox seems to have refused something, the input that runs
   * without it and why. Only policies that retry (`on-failure`, `untrusted`; for a patch all but `never`) use the
   * answer, after an approval.
   */
  retryUnconfined?(input: Input, output: Output): UnconfinedRetry<Input> | undefined
  run(input: Input, context: ToolContext): Promise<Result<Output, ToolFailure>>
  render(output: Output): string
}

export interface UnconfinedRetry<Input> {
  input: Input
  need: ApprovalNeed
  /** What failed was a patch. */
  isPatch?: boolean
}

/**
 * Why a call can need a person's approval: it asks to leave the sandbox (`needless-escalation`: where that changes
 * nothing), it can destroy data, it is not known to be harmless, it writes files, it writes where the sandbox does not
 * let it.
 */
export type ApprovalReason =
  | 'escalation'
  | 'needless-escalation'
  | 'dangerous-command'
  | 'unsafe-command'
  | 'write'
  | 'outside-write'

export interface ApprovalNeed {
  reason: ApprovalReason
  detail: string
  /** The agent's own justification, or why the call is tried again. */
  explanation?: string
  /** What is asked about is a patch. */
  isPatch?: boolean
  /** Equal for calls that one answer for the whole session covers. */
  sessionKey?: string
}

export type ApprovalPolicy = 'never' | 'on-request' | 'on-failure' | 'untrusted'
export type ApprovalAnswer = 'allow' | 'deny' | 'ask'

export interface ApprovalRequest {
  callId: string
  tool: string
  args: JsonValue
  need: ApprovalNeed
}

/** Asks whoever approves calls. Never rejects; an abort is a denial. */
export interface ApprovalGate {
  readonly policy: ApprovalPolicy
  decide(request: ApprovalRequest, signal: AbortSignal): Promise<'allowed' | 'denied'>
}

export interface ToolCall {
  callId: string
  tool: string
  args: JsonValue
}

export interface ToolCallFacts {
  /** What the OS sandbox added to this call, in milliseconds. */
  osSandboxMs?: number
  /** The command was a shell program of several commands. */
  compound?: boolean
  /** Paths this call wrote, relative to the workspace. */
  wrote?: string[]
  /** When its output came, as far as it was shown while it ran. */
  output?: OutputTrace
}

/** When which output of a call came. The text itself is in the call's result. */
export interface OutputTrace {
  /** The number of pieces of each stream. */
  deltas: { stdout: number; stderr: number }
  /** The first deltas; `atMs` counts from the call's start. */
  first: { stream: 'stdout' | 'stderr'; atMs: number; bytes: number }[]
}

/** Everything the log keeps of one call. Times are milliseconds on the clock's scale. */
export interface ToolCallRecord extends ToolCall {
  status: 'ok' | 'failed'
  error?: ToolFailure
  effect: ToolEffect | 'none'
  queuedAtMs: number
  startedAtMs: number
  endedAtMs: number
  approvalMs: number
  approval?: 'allowed' | 'denied'
  resultBytes: number
  textBytes: number
  facts: ToolCallFacts
}

export interface ToolCallOptions {
  signal?: AbortSignal
  /** Called when the call starts and stops waiting for a person, so that clocks can pause. */
  onApprovalPending?(isPending: boolean): void
}

/**
 * The single gate of all modes: validate → approve → run → cap → record.
 * Contract: `call` never rejects; it does not know which mode asked.
 */
export interface Toolbox {
  readonly definitions: readonly ToolDefinition[]
  call(call: ToolCall, options?: ToolCallOptions): Promise<ToolOutcome>
}
