import { asList, asObject, asText } from '../../base/json-fields.ts'
import type { StoredJson, TrialEvent } from '../../contracts/events.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { ToolCallRecord } from '../../contracts/tool.ts'
import { eventsOf } from '../../metrics/events-of.ts'

/** `text`: what the model was shown. `json`: what a script got. */
export type CallResult = { kind: 'text'; text: string } | { kind: 'json'; json: string }

/** The result of a structured call: the message after a reply has one for each of its calls, in their order. */
export function structuredResult(
  call: ToolCallRecord,
  messages: readonly (JsonValue | undefined)[],
): CallResult | undefined {
  const place = /\.(\d+)$/.exec(call.callId)?.[1]
  const message = messages.map(asObject).find(candidate => candidate.role === 'tool')
  const result = asObject(asList(message?.results)[Number(place) - 1])
  if (result.name !== call.tool) return undefined
  const own = asList(result.parts)
    .map(asObject)
    .filter(part => part.origin === 'observation')
  return own.length === 0 ? undefined : { kind: 'text', text: own.map(part => asText(part.text)).join('') }
}

/** The results in the recordings of scripts, by the ids of their calls. */
export function scriptResults(
  events: readonly TrialEvent[],
  contentOf: (hash: string) => JsonValue | undefined,
): Map<string, CallResult> {
  const results = new Map<string, CallResult>()
  for (const { script, recording } of eventsOf(events, 'script_recording')) {
    if (recording.kind !== 'kept' || !Array.isArray(recording.deliveries)) continue
    for (const delivery of recording.deliveries)
      for (const stored of Array.isArray(delivery.calls) ? delivery.calls : []) {
        const json = textOf(stored, contentOf)
        if (json !== undefined) results.set(`${script}.${stored.call}`, { kind: 'json', json })
      }
  }
  return results
}

function textOf(stored: StoredJson, contentOf: (hash: string) => JsonValue | undefined): string | undefined {
  const text = 'json' in stored ? stored.json : contentOf(stored.hash)
  return typeof text === 'string' ? text : undefined
}
