import type { Arm } from './arm.ts'
import type { JsonValue } from './json.ts'
import type { ModelAttempt, ModelFailure, ModelParameters, ModelPrices, PlayerKind, Usage } from './model.ts'
import type { SandboxMechanism, SandboxPolicy } from './os-sandbox.ts'
import type {
  RecordedCall,
  RecordedDelivery,
  ScriptCall,
  ScriptFailure,
  ScriptLog,
  ScriptTimings,
  TypeProblem,
} from './script.ts'
import type { LimitName, TrialLimits } from './suite.ts'
import type { Stratum } from './task.ts'
import type { ToolCallRecord } from './tool.ts'
import type { AgentEnd, Outcome } from './trial.ts'
import type { WorkspaceDiff } from './workspace.ts'

/** The version of the log's event union; readers refuse a newer one by name. */
export const LOG_VERSION = 2

/** What a trial is, repeated in its log so that the log alone rebuilds every document. */
export interface TrialDescriptor {
  id: string
  task: string
  taskDigest: string
  cluster: string
  stratum: Stratum
  callsMin?: number
  looksMin?: number
  model: string
  playerKind: PlayerKind
  parameters: ModelParameters
  prices?: ModelPrices
  arm: Arm
  repeat: number
  block: number
  position: number
  seed: string
  limits: TrialLimits
  sandbox: { mechanism: SandboxMechanism; policy: SandboxPolicy }
}

/** Mistakes in the form of a reply; each is answered by an observation. */
export type ProtocolErrorClass =
  | 'malformed-arguments'
  | 'malformed-script'
  | 'unknown-tool'
  | 'truncated'
  | 'empty-reply'

export type ContentKind = 'message' | 'system' | 'tools' | 'script' | 'script-setting' | 'result'

/** JSON as text, byte for byte: inline where it is short, else the hash of a `result`. */
export type StoredJson = { json: string } | { hash: string }

type StoredDelivery = Omit<RecordedDelivery, 'calls'> & { calls: ({ call: number; ok: boolean } & StoredJson)[] }

/** What a replay needs in addition to the script's other events, which have its source, logs, calls and failure. */
export type StoredRecording =
  | {
      kind: 'kept'
      /** Of the whole `ScriptRecording`. It does not match when a secret was removed from the log. */
      digest: string
      /** Tools, context, limits and the clock's start, which all scripts of a trial share. */
      setting: string
      seed: string
      /** Absent when the ledger of `script_end` has the same. */
      calls?: RecordedCall[]
      deliveries: StoredDelivery[]
      /** Absent when nothing was returned, or the script failed. */
      value?: StoredJson
    }
  | { kind: 'left-out'; reason: string }

/** What a type check found before its script ran, or why there was none. */
export type TypeCheckFacts = { ms: number; problems: Omit<TypeProblem, 'frame'>[] } | { unavailable: string }

/** The closed union of what happens in a trial. Hashes refer to earlier `content` events. */
export type TrialEventBody =
  | { type: 'trial_start'; trial: TrialDescriptor; startedAt: string; nonce: string; toolDefinitionTokens: number }
  /** Stored once per trial; other events refer to it by its hash. */
  | { type: 'content'; hash: string; kind: ContentKind; value: JsonValue }
  | { type: 'user_prompt'; step: string; index: number; message: string }
  | {
      type: 'model_request'
      turn: number
      system: string
      tools: string
      messages: string[]
      bytes: number
      /** Estimated tokens of the whole request. */
      contextTokens: number
      reinjectedCopies: number
      reinjectedTokens: number
      /** From the nearest copy of the newest user prompt to the point of generation. */
      promptDistanceTokens: number
    }
  | { type: 'model_attempt'; turn: number; attempt: ModelAttempt }
  | {
      type: 'model_reply'
      turn: number
      message?: string
      failure?: ModelFailure
      usage?: Usage
      servedModel?: string
      latencyMs: number
      reasoningCarried?: boolean
    }
  | { type: 'protocol_error'; turn: number; class: ProtocolErrorClass; message: string }
  | { type: 'lenient_repair'; turn: number; repair: string }
  /** A call that was refused: the serial mode runs one call per turn. */
  | { type: 'call_refused'; turn: number; callId: string; tool: string }
  | { type: 'script_start'; turn: number; script: string; source: string }
  | { type: 'script_log'; script: string; log: ScriptLog }
  | {
      type: 'script_end'
      turn: number
      script: string
      failure?: ScriptFailure
      calls: ScriptCall[]
      notices: string[]
      logsDropped: number
      /** JSON bytes of the returned value; absent when nothing was returned. */
      valueBytes?: number
      timings: ScriptTimings
      /** Absent when it never started. Logs of version 1 have neither this nor `cacheHit`. */
      memoryPeakBytes?: number
      cacheHit?: boolean
      /** Absent where the factor `typeCheck` is `off`. */
      typeCheck?: TypeCheckFacts
    }
  /** Follows the script's end. */
  | { type: 'script_recording'; script: string; recording: StoredRecording }
  /** Logged between the request of its turn and the next one; a script's calls between its start and its end. */
  | { type: 'tool_call'; call: ToolCallRecord }
  | { type: 'observation'; turn: number; tokens: number; bytes: number; tokensCut: number; spilledTo?: string }
  | { type: 'step_end'; step: string }
  | { type: 'limit_hit'; limit: LimitName }
  | { type: 'agent_end'; end: AgentEnd }
  | { type: 'workspace_diff'; diff: WorkspaceDiff; unexpected?: string[] }
  | {
      type: 'verifier_end'
      step: string
      /** Named clauses; absent when the test wrote no reward. */
      clauses?: Record<string, number>
      /** Protected files that had been changed, restored before the check. */
      tampered: string[]
      durationMs: number
      outputTail: string
    }
  | { type: 'trial_end'; outcome: Outcome; wallMs: number; cpuMs?: number }

/** One line of a trial's log. `atMs` counts from the trial's start. */
export type TrialEvent = { seq: number; atMs: number } & TrialEventBody

/** Receives the events of one trial in order. Never throws. */
export type RecordEvent = (event: TrialEventBody) => void
