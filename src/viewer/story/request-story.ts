import type { JsonValue } from '../../contracts/json.ts'
import type { EventOf } from '../../metrics/events-of.ts'

export interface StoredPart {
  hash: string
  value: JsonValue | undefined
  /** Whether an earlier request of the trial had it already. */
  isKnown: boolean
}

/** A request next to the one before it: what was carried on byte for byte, what changed on the way, what is new. */
export interface RequestStory {
  event: EventOf<'model_request'>
  system: StoredPart
  tools: StoredPart
  /** Messages at the beginning that equal those of the request before. */
  carried: number
  /** Messages that stood in the request before, but differ now: a provider's cache ends at the first of them. */
  changed: (JsonValue | undefined)[]
  /** The rest: the reply to the request before, what came of it, and further prompts. */
  fresh: (JsonValue | undefined)[]
}

export function requestStory(
  event: EventOf<'model_request'>,
  before: RequestStory | undefined,
  contentOf: (hash: string) => JsonValue | undefined,
): RequestStory {
  const earlier = before?.event.messages ?? []
  const part = (hash: string, known: string | undefined) => ({ hash, value: contentOf(hash), isKnown: hash === known })
  const difference = event.messages.findIndex((hash, index) => hash !== earlier[index])
  const carried = difference === -1 ? event.messages.length : difference
  const valuesOf = (hashes: readonly string[]) => hashes.map(contentOf)
  return {
    event,
    system: part(event.system, before?.event.system),
    tools: part(event.tools, before?.event.tools),
    carried,
    changed: valuesOf(event.messages.slice(carried, earlier.length)),
    fresh: valuesOf(event.messages.slice(Math.max(carried, earlier.length))),
  }
}
