import type { Drift } from './drift.ts'
import type { RecordedCorpus, RecordedVersion } from './record-corpus.ts'

const IDS_SHOWN = 20

/** What `ports record` prints about one corpus; `out` is where it was written. */
export function describeRecord(corpus: RecordedCorpus, out: string): string {
  const { kind, file, versions, drift, isIdentical } = corpus
  const isRecorded = versions.some(({ refusal }) => refusal === undefined)
  return [
    `${kind}: ${file}${isRecorded ? ` → ${out}` : ''}`,
    ...versions.map(describeVersion),
    ...(isRecorded && isIdentical ? ['  unchanged, byte for byte'] : []),
    ...(drift && isRecorded ? [describeDrift(drift)] : []),
  ].join('\n')
}

function describeVersion({ version, sha256, refusal, cases, same, changed, unstable, missing }: RecordedVersion) {
  if (refusal !== undefined) return `  ${version}: not recorded, ${refusal}`
  const counts = [
    `${cases} cases`,
    `${same} as before`,
    `${changed.length} new or changed`,
    `${unstable.length} found unstable`,
    ...(missing.length > 0 ? [`${missing.length} could not be run`] : []),
  ]
  return [
    `  ${version} (sha256 ${sha256.slice(0, 12)}…): ${counts.join(', ')}`,
    ...listed('new or changed', changed),
    ...listed('unstable', unstable),
    ...listed('could not be run', missing),
  ].join('\n')
}

function listed(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return []
  const rest = ids.length - IDS_SHOWN
  return [`    ${what}: ${ids.slice(0, IDS_SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`]
}

/** How often what differs, then case by case. */
function describeDrift({ between: [newer, older], cases, drifting }: Drift): string {
  const groups = [...Map.groupBy(drifting, one => one.drift.join(', '))].sort(
    ([, left], [, right]) => right.length - left.length,
  )
  const rest = drifting.length - IDS_SHOWN
  return [
    `  drift from ${older} to ${newer}: ${cases - drifting.length} of ${cases} cases do the same`,
    ...groups.map(([what, members]) => `  ${String(members.length).padStart(6)}  ${what}`),
    ...drifting.slice(0, IDS_SHOWN).map(({ id, drift }) => `    ${id}: ${drift.join(', ')}`),
    ...(rest > 0 ? [`    … and ${rest} more; --json has all of them`] : []),
  ].join('\n')
}
