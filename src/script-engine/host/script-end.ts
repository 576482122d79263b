import type { ScriptFailure, ScriptLimits } from '../../contracts/script.ts'
import type { FailedScript } from '../failure/script-failure.ts'
import type { PreparedScript } from '../source/prepare-script.ts'
import type { FromWorker } from '../thread/worker-messages.ts'
import type { RunLogs } from './run-logs.ts'

/** How a script itself ended; what its pending calls do comes after. */
export type ScriptEnd =
  | { ok: true; json?: string; unawaitedAt: readonly string[] }
  | { ok: false; failure: ScriptFailure }
  | { ok: false; failed: FailedScript }

/** An end whose failure has been put in the model's terms. */
export type ExplainedEnd = Exclude<ScriptEnd, { failed: FailedScript }>

export async function explainEnd(
  end: ScriptEnd,
  explain: (failed: FailedScript) => Promise<ScriptFailure>,
): Promise<ExplainedEnd> {
  return 'failed' in end ? { ok: false, failure: await explain(end.failed) } : end
}

interface EndParts {
  script: PreparedScript
  limits: ScriptLimits
  logs: RunLogs
}

/** What a worker's last message says, once value and logs together are compared with their limit. */
export function scriptEndOf(message: Extract<FromWorker, { kind: 'ended' }>, parts: EndParts): ScriptEnd {
  const { script, limits, logs } = parts
  const { state, reason } = message
  if (state.kind === 'failed') {
    return { ok: false, failed: { script, failure: state.failure, limits, ...(reason && { reason }) } }
  }
  const bytes = logs.bytes + (state.json === undefined ? 0 : Buffer.byteLength(state.json))
  if (bytes > limits.outputBytesMax) {
    return { ok: false, failed: { script, limits, failure: { kind: 'output-too-large', lengthMin: bytes } } }
  }
  const { unawaitedAt, json } = state
  return { ok: true, unawaitedAt, ...(json !== undefined && { json }) }
}
