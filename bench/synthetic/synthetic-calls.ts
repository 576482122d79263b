import type { Random } from '../../src/base/random.ts'
import type { JsonObject } from '../../src/contracts/json.ts'
import type { ScriptCall } from '../../src/contracts/script.ts'
import type { ToolCallRecord } from '../../src/contracts/tool.ts'
import { drawExponential } from '../simulation/draws.ts'

/** Calls that run at the same time. */
export const LANES = 4
const TOOLS = ['readFile', 'grepFiles', 'exec', 'readFile', 'applyPatch'] as const

/** The same call every time, so that its message can be stored once. */
export function callOf(number: number): { tool: (typeof TOOLS)[number]; args: JsonObject } {
  const tool = TOOLS[number % TOOLS.length] as (typeof TOOLS)[number]
  const path = `/workspace/src/part-${number + 1}.js`
  switch (tool) {
    case 'readFile':
      return { tool, args: { filePath: path } }
    case 'grepFiles':
      return { tool, args: { pattern: `part${number + 1}`, path: '/workspace/src' } }
    case 'exec':
      return { tool, args: { command: ['node', '--test', path] } }
    case 'applyPatch':
      return { tool, args: { patch: `*** Begin Patch\n*** Update File: ${path}\n@@\n-old\n+new\n*** End Patch` } }
  }
}

interface CallsInput {
  calls: number
  /** Put before each call's number. */
  prefix: string
  startMs: number
  /** One after another, or in `LANES` lanes. */
  lanes: number
  /** The last call fails. */
  hasFailure: boolean
  random: Random
}

/** Calls in the order in which they were made; the lane that is free first takes the next one. */
export function drawCalls({ calls, prefix, startMs, lanes, hasFailure, random }: CallsInput): ToolCallRecord[] {
  const freeAt = Array<number>(lanes).fill(startMs)
  return Array.from({ length: calls }, (_, number) => {
    const { tool, args } = callOf(number)
    const lane = freeAt.indexOf(Math.min(...freeAt))
    const queuedAtMs = freeAt[lane] as number
    const startedAtMs = queuedAtMs + 0.2
    const endedAtMs =
      startedAtMs + Math.round((tool === 'exec' ? 120 : 6) * (0.5 + drawExponential(random)) * 1000) / 1000
    freeAt[lane] = endedAtMs
    const hasFailed = hasFailure && number === calls - 1
    const resultBytes = Math.round(300 + 2_000 * drawExponential(random))
    return {
      ...{ callId: `${prefix}${number + 1}`, tool, args },
      ...(hasFailed
        ? { status: 'failed' as const, error: { code: 'not-found' as const, message: 'synthetic: no such file' } }
        : { status: 'ok' as const }),
      effect: tool === 'applyPatch' || tool === 'exec' ? 'write' : 'read',
      ...{ queuedAtMs, startedAtMs, endedAtMs, approvalMs: 0, resultBytes, textBytes: resultBytes + 20 },
      facts: tool === 'exec' ? { osSandboxMs: 7, compound: random() < 0.1 } : {},
    }
  })
}

/** The same calls as a script's ledger records them. */
export function ledgerOf(calls: readonly ToolCallRecord[], scriptStartMs: number): ScriptCall[] {
  const settled = [...calls].sort((left, right) => left.endedAtMs - right.endedAtMs)
  return calls.map(call => ({
    ...{ callId: call.callId, tool: call.tool, args: call.args, status: call.status },
    ...(call.error && { error: call.error }),
    effect: call.effect === 'write' ? 'write' : 'read',
    startedMs: call.queuedAtMs - scriptStartMs,
    ms: call.endedAtMs - call.queuedAtMs,
    settled: settled.indexOf(call),
    awaited: true,
  }))
}
