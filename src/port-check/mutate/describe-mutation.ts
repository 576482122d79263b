import type { MutationReport } from './mutation-report.ts'

const COLUMNS = ['mutants', 'caught', 'survivors', 'points', 'equivalent'] as const

/** What `ports mutate` prints for people. */
export function describeMutation({ seed, summary, by_tool, survivors, duration_ms }: MutationReport): string {
  const rows = [
    ['', ...COLUMNS],
    ...Object.entries(by_tool).map(([tool, counts]) => [tool, ...COLUMNS.map(column => String(counts[column]))]),
    ['all', ...COLUMNS.map(column => String(summary[column]))],
  ]
  return [
    tableOf(rows),
    ...survivors.map(describeSurvivor),
    `${summary.caught} of ${summary.mutants} mutants caught in ${Math.round(duration_ms / 1000)} s; ` +
      `seed ${JSON.stringify(seed)}; of ${summary.points} points ${summary.equivalent} are listed as equivalent`,
  ].join('\n\n')
}

/** `src/tools/list-dir.ts:72`, what it became, and what no case does. */
export function describeSurvivor(survivor: MutationReport['survivors'][number]): string {
  const { tool, file, line, operator, before, after, idea } = survivor
  return [
    `── survived: ${tool} src/${file}:${line} (${operator}) ──`,
    ...before.split('\n').map(text => `- ${text}`),
    ...after.split('\n').map(text => `+ ${text}`),
    `missing: ${idea}`,
  ].join('\n')
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? []
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
  return rows.map(row => line(row).join('  ').trimEnd()).join('\n')
}
