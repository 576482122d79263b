import type { Clock } from '../../contracts/clock.ts'
import type { Toolbox, ToolCallRecord, ToolFailure } from '../../contracts/tool.ts'

export interface CallCap {
  callsMax: number
  clock: Clock
  record(call: ToolCallRecord): void
}

/** A toolbox that runs at most `callsMax` calls of a trial and refuses the rest, so that no mode gets further in one turn. */
export function capCalls(toolbox: Toolbox, { callsMax, clock, record }: CallCap): Toolbox {
  let started = 0
  return {
    definitions: toolbox.definitions,
    async call(call, options) {
      if (started < callsMax) {
        started++
        return toolbox.call(call, options)
      }
      const message = `${call.tool} was not run: at most ${callsMax} tool calls are allowed in all`
      const error: ToolFailure = { code: 'too-many-calls', message }
      const atMs = clock.nowMs()
      record({
        ...call,
        status: 'failed',
        error,
        effect: 'none',
        queuedAtMs: atMs,
        startedAtMs: atMs,
        endedAtMs: atMs,
        approvalMs: 0,
        resultBytes: 0,
        textBytes: Buffer.byteLength(message),
        facts: {},
      })
      return { ok: false, error }
    },
  }
}
