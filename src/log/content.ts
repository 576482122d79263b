import type { ContentKind, TrialEvent } from '../contracts/events.ts'
import type { JsonValue } from '../contracts/json.ts'

export interface StoredContent {
  kind: ContentKind
  value: JsonValue
}

/** Finds the content of an event's hash; nothing for a hash that is not in the log. */
export function resolveContent(events: readonly TrialEvent[]): (hash: string) => StoredContent | undefined {
  const byHash = new Map<string, StoredContent>()
  for (const event of events) if (event.type === 'content') byHash.set(event.hash, event)
  return hash => byHash.get(hash)
}
