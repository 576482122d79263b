import { isObject } from '../../base/json-fields.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { CaseIndex } from '../corpus/corpus-kind.ts'
import type { UpstreamProgram } from '../upstream/upstream-program.ts'

/** A line of a corpus, as far as a recorder has not looked at it yet. */
export interface RawCase {
  id: string
  source: JsonObject
  /** The line itself. */
  text: string
}

export interface RecordSetting {
  program: UpstreamProgram
  header: JsonObject
  /** Patches that cases refer to. */
  index: CaseIndex
  /** An empty folder for this pass. */
  scratchDir: string
  processesMax: number
}

/**
 * What a version did in one case: the value of the version's entry, or, where a corpus knows but one version, the
 * members of the line. Null: that version's tool cannot express the case.
 */
export type Recorded = JsonObject | null

/** Runs the cases of one kind of corpus through the real program. */
export interface Recorder {
  /** The kind of corpus. */
  kind: string
  /** The member with an entry for each version. */
  versionsIn?: 'expect' | 'observed' | 'result'
  /** The members that a result in a corpus of one version can lack; they are then removed. */
  optionalMembers?: readonly string[]
  /** Whether a version that did the same as the first one is written as `{"same": true}`. */
  sharesEntries?: true
  /** Whether a run is as recorded; absent: all members have to be equal. */
  isSameResult?(left: JsonObject, right: JsonObject): boolean
  /** Whether two runs agree; absent: by the same rule. */
  isStable?(left: JsonObject, right: JsonObject): boolean
  /** Why a version cannot be recorded; absent: it can. */
  refusal?(version: string): string | undefined
  /** By id. Cases that cannot be recorded here are missing. */
  record(cases: readonly RawCase[], setting: RecordSetting): Promise<Map<string, Recorded>>
}

/** What is recorded of a version, in the form of `Recorded`; undefined: nothing yet. */
export function recordedBefore({ source }: RawCase, { versionsIn }: Recorder, version: string): Recorded | undefined {
  if (versionsIn === undefined) return source
  const entries = source[versionsIn]
  if (!isObject(entries) || !Object.hasOwn(entries, version)) return undefined
  const own = entries[version]
  if (isObject(own) && own.same === true) return Object.values(entries).find(isFull) as Recorded | undefined
  return isObject(own) ? own : null
}

function isFull(entry: JsonValue | undefined): boolean {
  return isObject(entry) && entry.same !== true
}

/** The 0.55 tools that later releases do not have. */
export function isSeedEra(version: string): boolean {
  return /^0\.(?:[0-9]|[1-9]\d)\./.test(version)
}
