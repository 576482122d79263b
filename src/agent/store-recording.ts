import { defined } from '../base/defined.ts'
import { digestOf } from '../base/digest.ts'
import type { ContentKind, StoredJson, StoredRecording } from '../contracts/events.ts'
import type { JsonValue } from '../contracts/json.ts'
import type { ScriptOutcome, ScriptRecording } from '../contracts/script.ts'

/** Results and value of one script together, in characters of JSON. A log must stay smaller than what it describes. */
const JSON_LENGTH_MAX = 1024 * 1024
/** From this length on, a text is stored once; the hash of a shorter one would save little. */
const SHARED_LENGTH_MIN = 200

type StoreContent = (kind: ContentKind, value: JsonValue) => string

/** What the log keeps of a script's recording, so that the script can be replayed from the log alone. */
export function storeRecording(outcome: ScriptOutcome, content: StoreContent): StoredRecording {
  const { recording } = outcome
  if (recording === undefined) return { kind: 'left-out', reason: 'the script never started' }
  const { deliveries, end, request } = recording
  const value = end.ok ? end.json : undefined
  const texts = [...deliveries.flatMap(delivery => delivery.calls.map(call => call.json)), value ?? '']
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  if (length > JSON_LENGTH_MAX) {
    const reason = `its results are ${length} characters of JSON; a log keeps at most ${JSON_LENGTH_MAX} per script`
    return { kind: 'left-out', reason }
  }
  const store = (json: string): StoredJson =>
    json.length < SHARED_LENGTH_MIN ? { json } : { hash: content('result', json) }
  const { tools, context, limits, nowMs, seed } = request
  return {
    kind: 'kept',
    digest: digestOf(recording),
    setting: content('script-setting', { tools, context, limits, nowMs } as unknown as JsonValue),
    seed,
    ...defined({ calls: isInLedger(recording, outcome) ? undefined : recording.calls }),
    deliveries: deliveries.map(({ calls, ...delivery }) => ({
      ...delivery,
      calls: calls.map(({ json, ...call }) => ({ ...call, ...store(json) })),
    })),
    ...defined({ value: value === undefined ? undefined : store(value) }),
  }
}

function isInLedger({ calls }: ScriptRecording, outcome: ScriptOutcome): boolean {
  const ledger = outcome.calls
  if (ledger.length !== calls.length) return false
  return ledger.every(
    ({ tool, args }, index) => calls[index]?.tool === tool && calls[index].argsJson === JSON.stringify(args),
  )
}
