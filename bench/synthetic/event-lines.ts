import { sha256 } from '../../src/base/digest.ts'
import type { ContentKind, TrialEventBody } from '../../src/contracts/events.ts'
import { LOG_VERSION } from '../../src/contracts/events.ts'
import type { JsonValue } from '../../src/contracts/json.ts'

const KEPT_MAX = 20_000

/** A value as the log stores it; many trials share one. */
interface StoredText {
  hash: string
  /** From the event's type to its end. */
  json: string
}

/** Values that occur again and again, each put into words and hashed once. */
export interface ContentPool {
  stored(key: string, kind: ContentKind, make: () => JsonValue): StoredText
}

export function createContentPool(): ContentPool {
  const kept = new Map<string, StoredText>()
  return {
    stored(key, kind, make) {
      const known = kept.get(key)
      if (known !== undefined) return known
      const value = JSON.stringify(make())
      const hash = sha256(value)
      const made = { hash, json: `"type":"content","hash":"${hash}","kind":"${kind}","value":${value}}` }
      if (kept.size >= KEPT_MAX) kept.clear()
      kept.set(key, made)
      return made
    },
  }
}

/** The log of one trial, on a clock that moves only when set. */
export interface EventRecorder {
  record(body: TrialEventBody): void
  /** Stores a value once and returns its hash. Values of one key are equal. */
  content(key: string, kind: ContentKind, make: () => JsonValue): string
  advance(durationMs: number): void
  nowMs(): number
}

/** The log as text. */
export function createEventLines(pool: ContentPool): EventRecorder & { text(): string } {
  const lines = [JSON.stringify({ log: 'scriptbench', version: LOG_VERSION })]
  const hashes = new Set<string>()
  let nowMs = 0
  const head = () => `{"seq":${lines.length - 1},"atMs":${Math.round(nowMs * 1000) / 1000},`
  return {
    record(body) {
      lines.push(head() + JSON.stringify(body).slice(1))
    },
    content(key, kind, make) {
      const { hash, json } = pool.stored(key, kind, make)
      if (!hashes.has(hash)) lines.push(head() + json)
      hashes.add(hash)
      return hash
    },
    advance(durationMs) {
      nowMs += durationMs
    },
    nowMs: () => nowMs,
    text: () => `${lines.join('\n')}\n`,
  }
}
