import type { JsonSchema, JsonValue } from './json.ts'
import type { ToolOutcome } from './tool.ts'

/** Who answers the requests of a trial. Only `api` and `recorded` support claims about models. */
export type PlayerKind = 'api' | 'recorded' | 'assisted' | 'scripted' | 'simulated' | 'oracle' | 'nop'

/** Why a piece of text is in a message; providers ignore it, metrics read it. */
export type TextOrigin = 'task' | 'observation' | 'reinjection' | 'placebo' | 'harness'

export interface TextPart {
  text: string
  origin: TextOrigin
  /** True when the next request has this part elsewhere or not at all: no cache breakpoint on it or after it. */
  moves?: boolean
}

/** A native tool call as the model wrote it; `argumentsText` is its raw JSON, possibly malformed. */
export interface ModelToolCall {
  callId: string
  name: string
  argumentsText: string
}

export interface AssistantMessage {
  role: 'assistant'
  text: string
  toolCalls: ModelToolCall[]
  /** The provider's own items (reasoning, thinking), sent back verbatim by the same provider. */
  carried?: JsonValue
}

export interface ToolResultPart {
  callId: string
  name: string
  parts: TextPart[]
  isError: boolean
  /** The outcome behind the text; built-in players read it, wire providers do not send it. */
  outcome?: ToolOutcome
}

export interface UserMessage {
  role: 'user'
  parts: TextPart[]
  /** The values behind a script's observation; built-in players read them. */
  outcome?: ToolOutcome
}

export interface ToolMessage {
  role: 'tool'
  /** One result for each call of the assistant message before it, in the same order. */
  results: ToolResultPart[]
}

export type Message = UserMessage | AssistantMessage | ToolMessage

export interface WireTool {
  name: string
  description: string
  inputSchema: JsonSchema
}

export interface ModelRequest {
  system: string
  messages: readonly Message[]
  tools: readonly WireTool[]
  /** Whether the model can send several tool calls in one reply. */
  parallelToolCalls: boolean
  /** The provider's cache-routing key where it has one; the same for all requests of a trial, never shared by two. */
  cacheKey: string
}

/** Parameters of one model in a suite; absent means the provider's default. */
export interface ModelParameters {
  temperature?: number
  reasoningEffort?: string
  maxOutputTokens?: number
}

/** USD per million tokens, with where and when the price was read. */
export interface ModelPrices {
  inputPerMillion: number
  cacheReadPerMillion?: number
  cacheWritePerMillion?: number
  outputPerMillion: number
  source: string
  date: string
}

/** Five buckets; what an endpoint did not report is absent, never 0. `reasoning` is a part of `output`. */
export interface Usage {
  inputFreshTokens?: number
  cacheReadTokens?: number
  cacheWriteTokens?: number
  outputTokens?: number
  reasoningTokens?: number
  /** True when the endpoint reported nothing and a tokenizer counted. */
  estimated: boolean
  /** The endpoint's usage object as it came. */
  raw: JsonValue
}

export type ModelFailureClass =
  | 'auth'
  | 'rate-limit'
  | 'overloaded'
  | 'connection'
  | 'bad-request'
  | 'context-overflow'
  | 'truncated'
  | 'refused'

export interface ModelFailure {
  class: ModelFailureClass
  /** No key, no header. */
  message: string
  httpStatus?: number
  retryAfterMs?: number
}

/** One try at a request; `backoffMs` is the wait that followed it. */
export interface ModelAttempt {
  attempt: number
  durationMs: number
  failure?: ModelFailure
  backoffMs?: number
}

interface ReplyFacts {
  usage?: Usage
  servedModel?: string
  /** Time of the last attempt. */
  latencyMs: number
  /** Whether earlier reasoning went back verbatim with this request; absent when there was none to carry. */
  reasoningCarried?: boolean
}

/** `truncated` and `refused` replies have the message and the usage that is billed. */
export type ModelReply = ReplyFacts &
  ({ ok: true; message: AssistantMessage } | { ok: false; failure: ModelFailure; message?: AssistantMessage })

export interface AskOptions {
  signal: AbortSignal
  onAttempt?(attempt: ModelAttempt): void
}

/**
 * One model behind one wire format.
 * Contract: must not throw or reject for request, model or network failures; retries inside, each attempt reported.
 */
export interface ModelProvider {
  readonly spec: string
  readonly playerKind: PlayerKind
  ask(request: ModelRequest, options: AskOptions): Promise<ModelReply>
  close?(): Promise<void>
}

/** One model of a suite. */
export interface ModelEntry {
  spec: string
  parameters: ModelParameters
  prices?: ModelPrices
  /** For `command/…` only: the player kind of whoever answers behind the command. */
  playerKind?: PlayerKind
  /** Digest of the file behind `command/…` and `scripted/…`: a file with other content is another player. */
  contentDigest?: string
}
