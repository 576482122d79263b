import { isObject } from '../../base/json-fields.ts'
import type { JsonValue } from '../../contracts/json.ts'
import { isSameJson } from './corpus-json.ts'
import { type RawCase, type Recorded, type Recorder, recordedBefore } from './recorder.ts'

/** A case in which two versions do not do the same. */
export interface DriftingCase {
  id: string
  category?: string
  /** What differs: `stderr`, `tree`, … */
  drift: string[]
}

export interface Drift {
  between: [string, string]
  cases: number
  drifting: DriftingCase[]
}

/** How the first two versions of a corpus differ, case by case; nothing where it has but one. */
export function driftOf(cases: readonly RawCase[], recorder: Recorder): { drift?: Drift } {
  const { versionsIn } = recorder
  if (versionsIn === undefined) return {}
  const versions = new Set(
    cases.flatMap(({ source }) => Object.keys(isObject(source[versionsIn]) ? source[versionsIn] : {})),
  )
  const [newer, older] = [...versions].sort(byReleaseDescending)
  if (newer === undefined || older === undefined) return {}
  const both = cases.filter(one =>
    [newer, older].every(version => isExpressible(recordedBefore(one, recorder, version))),
  )
  const drifting = both.flatMap(one => {
    const drift = differingMembers(
      recordedBefore(one, recorder, newer) as JsonValue,
      recordedBefore(one, recorder, older) as JsonValue,
    )
    const { category } = one.source
    return drift.length === 0 ? [] : [{ id: one.id, ...(typeof category === 'string' && { category }), drift }]
  })
  return { drift: { between: [newer, older], cases: both.length, drifting } }
}

/** Names of the members in which two results differ, in the order they are written. */
export function differingMembers(left: JsonValue, right: JsonValue): string[] {
  if (!isObject(left) || !isObject(right)) return isSameJson(left, right) ? [] : ['support']
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  const all = [...names].filter(name => !isSameJson(left[name] ?? null, right[name] ?? null))
  return all.toSorted((one, other) => rank(one) - rank(other))
}

const ORDER = ['exit', 'stdout', 'stderr', 'tree', 'tree_unchanged']

function rank(name: string): number {
  return ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length
}

/** `null` is a case that the version's tool cannot express. */
function isExpressible(recorded: Recorded | undefined): boolean {
  return recorded !== undefined && recorded !== null
}

function byReleaseDescending(left: string, right: string): number {
  return right.localeCompare(left, 'en', { numeric: true })
}
