import type { ScriptFailure, ScriptLimits } from '../../contracts/script.ts'
import { scriptFailure } from '../failure/script-failure.ts'
import type { PreparedScript } from '../source/prepare-script.ts'
import type { FromWorker } from '../thread/worker-messages.ts'
import type { RunLogs } from './run-logs.ts'

/** How a script itself ended; what its pending calls do comes after. */
export type ScriptEnd =
  | { ok: true; json?: string; unawaitedAt: readonly string[] }
  | { ok: false; failure: ScriptFailure }

interface EndParts {
  script: PreparedScript
  limits: ScriptLimits
  logs: RunLogs
}

/** What a worker's last message says, once value and logs together are held against their limit. */
export function scriptEndOf(message: Extract<FromWorker, { kind: 'ended' }>, parts: EndParts): ScriptEnd {
  const { script, limits, logs } = parts
  const { state, reason } = message
  if (state.kind === 'failed') return { ok: false, failure: scriptFailure(script, state.failure, limits, reason) }
  const bytes = logs.bytes + (state.json === undefined ? 0 : Buffer.byteLength(state.json))
  if (bytes > limits.outputBytesMax) {
    return { ok: false, failure: scriptFailure(script, { kind: 'output-too-large', lengthMin: bytes }, limits) }
  }
  const { unawaitedAt, json } = state
  return { ok: true, unawaitedAt, ...(json !== undefined && { json }) }
}
