import type {
  RecordedCall,
  RecordedDelivery,
  ScriptLog,
  ScriptRecording,
  ScriptRequest,
} from '../../contracts/script.ts'
import type { ExplainedEnd } from '../host/script-end.ts'
import type { GuestCall } from '../vm/script-vm.ts'

/** Keeps what a replay of the script will need. */
export interface ScriptRecorder {
  call(call: GuestCall): void
  deliver(delivery: RecordedDelivery): void
  /** How many deliveries the script has taken: what was still under way when it ended decided nothing. */
  taken(deliveries: number): void
  finish(end: ExplainedEnd, logs: readonly ScriptLog[]): ScriptRecording
}

export function createScriptRecorder(request: ScriptRequest): ScriptRecorder {
  const { source, tools, context, limits, seed, nowMs } = request
  const calls: RecordedCall[] = []
  const deliveries: RecordedDelivery[] = []
  return {
    call: ({ tool, argsJson }) => calls.push({ tool, argsJson }),
    deliver: delivery => deliveries.push(delivery),
    taken: count => deliveries.splice(count),
    finish: (end, logs) => ({
      version: 1,
      request: { source, tools, context, limits, seed, nowMs },
      calls,
      deliveries,
      end: end.ok ? { ok: true, ...(end.json !== undefined && { json: end.json }) } : end,
      logs: [...logs],
    }),
  }
}
