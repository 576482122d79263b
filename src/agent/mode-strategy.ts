import type { ProtocolErrorClass } from '../contracts/events.ts'
import type { JsonValue } from '../contracts/json.ts'
import type { AssistantMessage, WireTool } from '../contracts/model.ts'
import type { ToolOutcome } from '../contracts/tool.ts'

/** What a reply asks for. `callId` is the provider's own id where the action came as a native call. */
export type Action =
  | { kind: 'call'; callId: string; tool: string; args: JsonValue }
  | { kind: 'script'; callId: string; source: string }
  | { kind: 'invalid'; callId: string; tool: string; error: ProtocolErrorClass; message: string }
  /** Answered without running: the mode runs one call per turn. */
  | { kind: 'refused'; callId: string; tool: string }

/** What a mode reads in a reply. */
export interface ReplyActions {
  actions: Action[]
  /** Whether the actions came as native calls, which must be answered by tool results. */
  isNative: boolean
  /** Everything that lenient reading fixed in a malformed reply. */
  repairs: string[]
}

/** What the model is shown after one action. */
export interface ActionResult {
  action: Action
  text: string
  isError: boolean
  outcome?: ToolOutcome
}

/** What a mode adds to the request: the protocol's text and the native tools. */
export interface ModeDescription {
  protocol: string
  tools: WireTool[]
  parallelToolCalls: boolean
}

/** A mode is three verbs over the same tools; the loop knows nothing else about it. */
export interface ModeStrategy {
  describe(): ModeDescription
  read(message: AssistantMessage): ReplyActions
  perform(actions: readonly Action[], turn: number, signal: AbortSignal): Promise<ActionResult[]>
}
