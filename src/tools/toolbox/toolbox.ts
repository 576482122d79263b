import { defined } from '../../base/defined.ts'
import type { Clock } from '../../contracts/clock.ts'
import type { OsSandbox } from '../../contracts/os-sandbox.ts'
import type { ApprovalGate, Tool, Toolbox, ToolCallRecord, ToolOutcome, ToolProgress } from '../../contracts/tool.ts'
import type { WorkspaceView } from '../../contracts/workspace.ts'
import { closed } from '../schema-of.ts'
import { createCallQueue } from './call-queue.ts'
import { jsonBytes } from './cap-result.ts'
import { type CallTrace, performCall } from './perform-call.ts'
import { definitionOf } from './tool-definition.ts'

export interface ToolboxLimits {
  callsInFlightMax: number
  /** JSON bytes of one result; longer texts in it are cut in their middle. */
  resultBytesMax: number
}

export const TOOLBOX_LIMITS_DEFAULT: Readonly<ToolboxLimits> = { callsInFlightMax: 32, resultBytesMax: 4 * 1024 * 1024 }

/** A tool whose types are known to itself alone; every `Tool<Input, Output>` is one. */
export type AnyTool = Tool<unknown, unknown>

export interface ToolboxOptions {
  tools: readonly AnyTool[]
  workspace: WorkspaceView
  sandbox: OsSandbox
  clock: Clock
  approvals: ApprovalGate
  /** Told of every call exactly once, before its outcome is given. */
  record(call: ToolCallRecord): void
  /** Called with what running calls report. */
  progress?(callId: string, progress: ToolProgress): void
  limits?: ToolboxLimits
}

/** The single gate of all modes; see the contract of `Toolbox`. */
export function createToolbox(options: ToolboxOptions): Toolbox {
  const { clock, workspace, limits = TOOLBOX_LIMITS_DEFAULT } = options
  const tools = new Map(options.tools.map(tool => [tool.name, { ...tool, input: closed(tool.input) }]))
  if (tools.size < options.tools.length) throw new Error('two tools have the same name')
  const definitions = options.tools.map(definitionOf)
  const queue = createCallQueue(limits.callsInFlightMax, name => tools.get(name)?.concurrencyMax ?? 1)

  return {
    definitions,
    async call(call, { signal = new AbortController().signal, onApprovalPending } = {}) {
      const queuedAtMs = clock.nowMs()
      const trace: CallTrace = { approvalMs: 0, effect: 'none', facts: {} }
      const steps = { options, limits, queue, call, signal, onApprovalPending, trace }
      const outcome = scrubbed(await performCall(tools.get(call.tool), steps), workspace)
      const endedAtMs = clock.nowMs()
      options.record({
        ...call,
        status: outcome.ok ? 'ok' : 'failed',
        ...(!outcome.ok && { error: outcome.error }),
        effect: trace.effect,
        queuedAtMs,
        startedAtMs: trace.startedAtMs ?? endedAtMs,
        endedAtMs,
        approvalMs: trace.approvalMs,
        ...defined({ approval: trace.approval }),
        resultBytes: outcome.ok ? jsonBytes(outcome.result) : 0,
        textBytes: Buffer.byteLength(outcome.ok ? outcome.text : outcome.error.message),
        facts: { ...trace.facts },
      })
      return outcome
    },
  }
}

function scrubbed(outcome: ToolOutcome, workspace: WorkspaceView): ToolOutcome {
  if (outcome.ok) return outcome
  return { ok: false, error: { code: outcome.error.code, message: workspace.scrub(outcome.error.message) } }
}
