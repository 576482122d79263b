import { describeDifference } from '../check-report/describe-difference.ts'
import type { FuzzReport } from './fuzz.ts'
import type { RanCase } from './run-both.ts'

/** What `ports fuzz` prints about its run; the cases themselves are printed separately. */
export function describeFuzz({
  version,
  port,
  seed,
  runs,
  identical,
  notRun,
  deviations,
  differing,
  smallest,
}: FuzzReport): string {
  const listed = Object.entries(deviations).map(([id, count]) => `${count} listed as ${id}`)
  const unasked = Object.entries(notRun).map(([why, count]) => `${count} not compared (${why})`)
  const counts = [`${identical} identical`, ...listed, ...unasked, `${differing} differ`]
  return [
    ...smallest.map(describeFound),
    `${port} compared with ${version}, seed ${seed}: ${runs} runs, ${counts.join(', ')}`,
  ].join('\n\n')
}

function describeFound({ run, verdict }: RanCase): string {
  const head = `── run ${run}, reduced: ${verdict.kind} ──`
  if (verdict.kind === 'error') return `${head}\n${verdict.message}`
  return 'differences' in verdict ? [head, ...verdict.differences.map(describeDifference)].join('\n') : head
}
