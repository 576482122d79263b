import type { MutationReport, ReportedMutant } from './mutation-report.ts'

const COLUMNS = ['mutants', 'caught', 'survivors', 'unloadable', 'points', 'equivalent'] as const
const UNSOUND_SHOWN_MAX = 5

const REMEDY = `For each survivor, record a case that tells it from the whole tool (scriptbench ports record; see docs/ports.md).
Where no case can, list the place with the reason in fixtures/ports/equivalent-mutants.yaml.`

/** What `ports mutate` prints for people. */
export function describeMutation(report: MutationReport): string {
  const { seed, summary, by_tool, survivors, unloadable, unsound, stale_entries, duration_ms } = report
  const rows = [
    ['', ...COLUMNS],
    ...Object.entries(by_tool).map(([tool, counts]) => [tool, ...COLUMNS.map(column => String(counts[column]))]),
    ['all', ...COLUMNS.map(column => String(summary[column]))],
  ]
  return [
    tableOf(rows),
    ...survivors.map(describeSurvivor),
    ...unloadable.map(
      mutant => `── no program, which proves nothing: ${placeOf(mutant)} ──\n${changeOf(mutant).join('\n')}`,
    ),
    ...(survivors.length === 0 ? [] : [REMEDY]),
    ...stale_entries.map(
      ({ file, code, within }) =>
        `equivalent-mutants.yaml: nothing falls under ${file}, ${code ?? within}; remove the entry`,
    ),
    ...describeUnsound(unsound),
    `${summary.caught} of ${summary.mutants} mutants caught in ${Math.round(duration_ms / 1000)} s; ` +
      `seed ${JSON.stringify(seed)}; of ${summary.points} points ${summary.equivalent} are listed as equivalent`,
  ].join('\n\n')
}

/** `src/tools/list-dir/list-dir.ts:72`, what it became, and what no case does. */
export function describeSurvivor(survivor: MutationReport['survivors'][number]): string {
  return [`── survived: ${placeOf(survivor)} ──`, ...changeOf(survivor), `missing: ${survivor.idea}`].join('\n')
}

function placeOf({ tool, file, line, operator }: ReportedMutant): string {
  return `${tool} src/${file}:${line} (${operator})`
}

function changeOf({ before, after }: ReportedMutant): string[] {
  return [...before.split('\n').map(text => `- ${text}`), ...after.split('\n').map(text => `+ ${text}`)]
}

function describeUnsound(cases: MutationReport['unsound']): string[] {
  if (cases.length === 0) return []
  const shown = cases.slice(0, UNSOUND_SHOWN_MAX).map(({ tool, id }) => `${tool} ${id}`)
  const more = cases.length > shown.length ? ', …' : ''
  return [
    `cases that the tools as they are fail here, and that tell nothing: ${cases.length} (${shown.join(', ')}${more})`,
  ]
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? []
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
  return rows.map(row => line(row).join('  ').trimEnd()).join('\n')
}
