import { errorText } from '../../base/error-text.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { Result } from '../../contracts/result.ts'
import type {
  ApprovalGate,
  ApprovalRequest,
  ToolCall,
  ToolCallOptions,
  ToolCallRecord,
  ToolErrorCode,
  ToolFailure,
  ToolOutcome,
  ToolProgress,
} from '../../contracts/tool.ts'
import { traceOutput } from '../output-trace.ts'
import { allowsRetry, approveCall, askGate, rejection } from './approve-call.ts'
import type { CallQueue } from './call-queue.ts'
import { capResult } from './cap-result.ts'
import { explainArguments, nearestName } from './explain-arguments.ts'
import type { AnyTool, ToolboxLimits, ToolboxOptions } from './toolbox.ts'

/** What a call's record takes from its way through the gate. */
export interface CallTrace extends Pick<ToolCallRecord, 'approvalMs' | 'approval' | 'effect' | 'facts'> {
  /** Absent until the tool was started. */
  startedAtMs?: number
}

export interface CallSteps {
  options: ToolboxOptions
  limits: ToolboxLimits
  queue: CallQueue
  call: ToolCall
  signal: AbortSignal
  onApprovalPending: ToolCallOptions['onApprovalPending']
  trace: CallTrace
}

/** Validates, approves, waits for a place, runs and caps one call. Never rejects. */
export async function performCall(tool: AnyTool | undefined, steps: CallSteps): Promise<ToolOutcome> {
  try {
    if (tool === undefined) return unknownTool(steps)
    const parsed = tool.input.safeParse(steps.call.args)
    if (!parsed.success) {
      const known = Object.keys(shapeOf(tool))
      return failed(
        'invalid-arguments',
        `${tool.name}: ${explainArguments(parsed.error.issues, steps.call.args, known)}`,
      )
    }
    const { workspace, sandbox } = steps.options
    const need = await tool.approval?.(parsed.data, { workspace, sandbox })
    const decision = await approveCall(watchedGate(steps), { ...steps.call, need }, steps.signal)
    if (steps.signal.aborted) return cancelled(tool)
    if (decision.kind === 'denied') return failed('denied', decision.message)
    return await runInPlace(tool, parsed.data, steps)
  } catch (error) {
    return failed('failed', `${steps.call.tool}: ${errorText(error)}`)
  }
}

function unknownTool({ options, call }: CallSteps): ToolOutcome {
  const names = options.tools.map(tool => tool.name)
  const near = nearestName(call.tool, names)
  const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`
  return failed('unknown-tool', `there is no tool \`${call.tool}\`.${hint} The tools are: ${names.join(', ')}.`)
}

/** The gate, with its waits taken down and announced. */
function watchedGate({ options, trace, onApprovalPending }: CallSteps): ApprovalGate {
  const { approvals, clock } = options
  return {
    policy: approvals.policy,
    async decide(request, signal) {
      const startMs = clock.nowMs()
      onApprovalPending?.(true)
      trace.approval = await decideSafely(approvals, request, signal)
      onApprovalPending?.(false)
      trace.approvalMs += clock.nowMs() - startMs
      return trace.approval
    },
  }
}

async function decideSafely(gate: ApprovalGate, request: ApprovalRequest, signal: AbortSignal) {
  try {
    return await gate.decide(request, signal)
  } catch {
    return 'denied'
  }
}

async function runInPlace(tool: AnyTool, input: unknown, steps: CallSteps): Promise<ToolOutcome> {
  const release = await steps.queue.enter(tool.name, steps.signal)
  if (release === undefined) return cancelled(tool)
  steps.trace.startedAtMs = steps.options.clock.nowMs()
  steps.trace.effect = tool.effect
  const work = runTool(tool, input, steps).finally(release)
  if (tool.effect === 'write') return work
  return untilAborted(work, steps.signal, () => cancelled(tool))
}

/** A cancelled read is answered immediately; its work keeps its slot until it ends. */
function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal, otherwise: () => Value): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve(otherwise())
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

async function runTool(tool: AnyTool, input: unknown, steps: CallSteps): Promise<ToolOutcome> {
  const first = await runOnce(tool, input, steps)
  if (!first.ok) return first
  const final = await retryUnconfined(tool, { input, output: first.value }, steps)
  if (!final.ok) return final
  const capped = capResult(final.value, steps.limits.resultBytesMax)
  if (capped === undefined) {
    return failed(
      'failed',
      `${tool.name}: the result is larger than ${steps.limits.resultBytesMax} bytes; ask for less (a limit, a narrower path or pattern)`,
    )
  }
  return { ok: true, result: capped as JsonValue, text: tool.render(capped) }
}

function runOnce(tool: AnyTool, input: unknown, { options, call, signal, trace }: CallSteps) {
  const { workspace, sandbox, clock } = options
  const startedAtMs = trace.startedAtMs ?? clock.nowMs()
  const progress = (told: ToolProgress) => {
    trace.facts = traceOutput(trace.facts, told, clock.nowMs() - startedAtMs)
    options.progress?.(call.callId, told)
  }
  const note = (facts: CallTrace['facts']) => {
    trace.facts = { ...trace.facts, ...facts }
  }
  return tool.run(input, { workspace, sandbox, clock, signal, note, progress })
}

/** What a run ended with; or, where the sandbox refused something and leaving it is allowed, a run without it. */
async function retryUnconfined(
  tool: AnyTool,
  { input, output }: { input: unknown; output: unknown },
  steps: CallSteps,
): Promise<Result<unknown, ToolFailure>> {
  const { approvals, sandbox } = steps.options
  const first = { ok: true, value: output } as const
  if (sandbox.policy === 'danger-full-access') return first
  const retry = tool.retryUnconfined?.(input, output)
  if (retry === undefined || !allowsRetry(approvals.policy, retry.isPatch)) return first
  if (sandbox.mechanism === 'none' && !retry.isPatch) return first
  if (steps.trace.approval !== 'allowed') {
    const decision = await askGate(watchedGate(steps), { ...steps.call, need: retry.need }, steps.signal)
    if (steps.signal.aborted) return { ok: false, error: { code: 'cancelled', message: `${tool.name} was cancelled` } }
    if (decision.kind === 'denied') {
      return { ok: false, error: { code: 'denied', message: rejection(tool.name, retry.isPatch) } }
    }
  }
  return runOnce(tool, retry.input, steps)
}

function shapeOf(tool: AnyTool): object {
  return 'shape' in tool.input ? (tool.input.shape as object) : {}
}

function cancelled(tool: AnyTool): ToolOutcome {
  return failed('cancelled', `${tool.name} was cancelled`)
}

function failed(code: ToolErrorCode, message: string): ToolOutcome {
  return { ok: false, error: { code, message } }
}
