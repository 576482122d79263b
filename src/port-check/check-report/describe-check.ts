import { aligned } from '../../base/text-table.ts'
import type { PortCheck } from '../check/check-ports.ts'
import type { CheckedCase } from '../check/check-unit.ts'
import type { Flip } from './baseline.ts'
import { describeDifference } from './describe-difference.ts'
import { type CaseCounts, countCases, portReport, type ReportedCase } from './port-report.ts'

const SHOWN_IN_FULL = 5
const FLIPS_SHOWN = 20

const COLUMNS: readonly [keyof CaseCounts, string][] = [
  ['cases', 'cases'],
  ['identical', 'identical'],
  ['text_only', 'text only'],
  ['behaviour', 'behaviour'],
  ['deviations', 'deviations'],
  ['unstable', 'unstable'],
  ['errors', 'errors'],
]

/** What `ports check` prints without --json. */
export function describeCheck(check: PortCheck, flips?: readonly Flip[]): string {
  const { differences } = portReport(check)
  const shown = differences.slice(0, SHOWN_IN_FULL).map(describeCase)
  const rest = differences.length - shown.length
  return [
    table(check.cases),
    notChecked(check.cases),
    faithfulness(check.cases),
    ...check.staleDeviations.map(id => `note: the deviation ${id} is no longer needed by any case`),
    ...(flips === undefined ? [] : [describeFlips(flips)]),
    ...shown,
    ...(rest > 0 ? [`… and ${rest} more; --json has all of them.`] : []),
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

/** A row for each tool at each version; below it the categories in which something differs. */
function table(cases: readonly CheckedCase[]): string {
  const rows: string[][] = [['', ...COLUMNS.map(([, title]) => title)]]
  for (const [name, members] of Map.groupBy(cases, ({ tool, version }) => `${tool} ${version ?? ''}`.trim())) {
    const counts = countCases(members)
    if (counts.cases === 0) continue
    rows.push(rowOf(name, counts))
    for (const [category, inner] of Map.groupBy(members, one => one.category)) {
      const some = countCases(inner)
      if (some.text_only + some.behaviour + some.errors > 0) rows.push(rowOf(`  ${category}`, some))
    }
  }
  rows.push(rowOf('all', countCases(cases)))
  return aligned(rows)
}

function rowOf(name: string, counts: CaseCounts): string[] {
  return [name, ...COLUMNS.map(([key]) => (counts[key] === 0 && key !== 'cases' ? '·' : String(counts[key])))]
}

function notChecked(cases: readonly CheckedCase[]): string {
  const reasons = cases.flatMap(({ tool, verdict }) =>
    verdict.kind === 'not-checked' ? [`${tool}: ${verdict.why}`] : [],
  )
  return [...Map.groupBy(reasons, reason => reason)]
    .map(([reason, all]) => `not checked: ${all.length} cases of ${reason}`)
    .join('\n')
}

function faithfulness(cases: readonly CheckedCase[]): string {
  const { cases: all, unstable, identical, deviations } = countCases(cases)
  const stable = all - unstable
  if (stable === 0) return ''
  const share = (count: number) => `${((100 * count) / stable).toFixed(2)} %`
  return (
    `faithfulness: ${identical} of ${stable} stable cases identical (${share(identical)}), ` +
    `${identical + deviations} identical or listed (${share(identical + deviations)})`
  )
}

/** What changed since a baseline, the worse first. */
export function describeFlips(flips: readonly Flip[]): string {
  const worse = flips.filter(({ isRegression }) => isRegression)
  const lines = [...worse, ...flips.filter(({ isRegression }) => !isRegression)].map(
    ({ tool, id, version, before, after, isRegression }) =>
      `  ${isRegression ? 'worse ' : 'better'}  ${tool} ${id} ${version ?? ''}: ${before} → ${after}`,
  )
  const rest = lines.length - FLIPS_SHOWN
  return [
    `since the baseline: ${worse.length} worse, ${flips.length - worse.length} better`,
    ...lines.slice(0, FLIPS_SHOWN),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ].join('\n')
}

function describeCase(one: ReportedCase): string {
  const { tool, id, version = '', category, file, line, kind, fault, message, parts = [] } = one
  const what = kind === 'error' ? `error (${fault})` : kind === 'text_only' ? 'text only' : 'behaviour differs'
  const head = `── ${tool} ${id} ${version} (${category}; ${file}:${line}): ${what} ──`
  return [head, ...(message === undefined ? [] : [message]), ...parts.map(describeDifference)].join('\n')
}
