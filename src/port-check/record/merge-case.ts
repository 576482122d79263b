import { isObject } from '../../base/json-fields.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import { kindNamed } from '../corpus/corpus-kinds.ts'
import type { UpstreamProgram } from '../upstream/upstream-program.ts'
import { isSameJson, withMembers } from './corpus-json.ts'
import { differingMembers } from './drift.ts'
import { type RawCase, type Recorded, type Recorder, recordedBefore } from './recorder.ts'

/** A line of the new corpus, and how it came about. */
export interface MergedCase {
  id: string
  text: string
  state: 'same' | 'changed' | 'unstable' | 'missing'
}

export interface CaseResults {
  recorder: Recorder
  version: string
  /** One result per run, in order; undefined: the case could not be run. */
  results: readonly (Recorded | undefined)[]
}

/** Puts what the program did into a line. If that is already recorded, the line keeps its bytes. */
export function mergeCase(one: RawCase, { recorder, version, results }: CaseResults): MergedCase {
  const [first, second] = results
  const { id, text } = one
  const before = recordedBefore(one, recorder, version)
  if (before !== undefined && isMarkedUnstable(one, version)) return { id, text, state: 'same' }
  if (first === undefined || second === undefined) return { id, text, state: 'missing' }
  if (before !== undefined && [first, second].every(result => isSame(before, result, recorder))) {
    return { id, text, state: 'same' }
  }
  const isStable = isSame(first, second, { isSameResult: recorder.isStable ?? recorder.isSameResult })
  const changes = {
    ...Object.fromEntries((recorder.optionalMembers ?? []).map(name => [name, undefined])),
    ...newMembers(one, { recorder, version, result: first }),
    ...(!isStable && { unstable: unstableMark(one, recorder, version) }),
  }
  return { id, text: withMembers(text, changes), state: isStable ? 'changed' : 'unstable' }
}

/** The members of a line with what a version did. */
export function newMembers(
  one: RawCase,
  { recorder, version, result }: { recorder: Recorder; version: string; result: Recorded },
): JsonObject {
  return recorder.versionsIn === undefined ? (result ?? {}) : versionMembers(one, { ...recorder, version, result })
}

/** The header with the digest of the program that was run. */
export function mergeHeader(
  text: string,
  { recorder, program }: { recorder: Recorder; program: UpstreamProgram },
): string {
  const header = JSON.parse(text) as JsonObject
  const { version, sha256, spec } = program
  const oracle = isObject(header.oracle) ? header.oracle : {}
  const isLong = Object.values(oracle).some(isObject)
  const entry: JsonValue = isLong ? { npm: spec, sha256 } : sha256
  return withMembers(text, {
    ...(kindNamed(String(header.corpus)) === undefined && { corpus: recorder.kind }),
    oracle: recorder.versionsIn === undefined ? { [version]: entry } : { ...oracle, [version]: entry },
  })
}

function isMarkedUnstable({ source: { unstable } }: RawCase, version: string): boolean {
  return unstable === true || (Array.isArray(unstable) && unstable.includes(version))
}

function unstableMark({ source: { unstable } }: RawCase, { versionsIn }: Recorder, version: string): JsonValue {
  return versionsIn === undefined ? true : [...(Array.isArray(unstable) ? unstable : []), version]
}

function isSame(left: Recorded, right: Recorded, { isSameResult }: Rule): boolean {
  if (left === null || right === null) return left === right
  if (isSameResult !== undefined) return isSameResult(left, right)
  const names = Object.keys(right)
  return names.every(name => isSameJson(left[name] ?? null, right[name] ?? null)) && isWithoutMore(left, names)
}

interface Rule {
  isSameResult?: Recorder['isSameResult'] | undefined
}

/** A whole line has more members than a result; an entry of a version has not. */
function isWithoutMore(left: JsonObject, names: readonly string[]): boolean {
  return 'id' in left || Object.keys(left).every(name => names.includes(name))
}

type VersionResult = Pick<Recorder, 'versionsIn' | 'sharesEntries'> & { version: string; result: Recorded }

function versionMembers(
  one: RawCase,
  { versionsIn = 'expect', sharesEntries, version, result }: VersionResult,
): JsonObject {
  const old = one.source[versionsIn]
  const entries: Record<string, JsonValue> = { ...(isObject(old) ? unshared(old) : {}), [version]: result as JsonValue }
  if (!sharesEntries) return { [versionsIn]: entries }
  const [newest, ...others] = Object.entries(entries)
  const full = newest?.[1] ?? null
  const shared = others.map(([name, entry]) => [name, isSameJson(entry, full) ? { same: true } : entry] as const)
  const second = others[0]?.[1]
  return {
    ...(second !== undefined && { drift: differingMembers(full, second) }),
    [versionsIn]: Object.fromEntries([...(newest ? [newest] : []), ...shared]),
  }
}

/** Every entry in full. */
function unshared(entries: JsonObject): JsonObject {
  const isFull = (entry: JsonValue | undefined) => isObject(entry) && entry.same !== true
  const full = Object.values(entries).find(isFull) ?? null
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, isFull(entry) ? entry : full]))
}
