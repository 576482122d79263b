import { aligned } from '../../../src/base/text-table.ts'
import type { MutationReport, ReportedMutant } from './mutation-report.ts'

const COLUMNS = ['mutants', 'caught', 'survivors', 'unloadable', 'points', 'equivalent'] as const
const UNSOUND_SHOWN_MAX = 5

const REMEDY = `For each survivor, record a case that the mutant fails (scriptbench ports record; see docs/ports.md).
If no case can fail, list the place with the reason in fixtures/ports/equivalent-mutants.yaml.`

/** What `npm run test:mutants` prints. */
export function describeMutation(report: MutationReport): string {
  const { seed, summary, by_tool, survivors, unloadable, unsound, stale_entries, duration_ms } = report
  const rows = [
    ['', ...COLUMNS],
    ...Object.entries(by_tool).map(([tool, counts]) => [tool, ...COLUMNS.map(column => String(counts[column]))]),
    ['all', ...COLUMNS.map(column => String(summary[column]))],
  ]
  return [
    aligned(rows),
    ...survivors.map(describeSurvivor),
    ...unloadable.map(mutant => `── cannot be loaded: ${placeOf(mutant)} ──\n${changeOf(mutant).join('\n')}`),
    ...(survivors.length === 0 ? [] : [REMEDY]),
    ...stale_entries.map(
      ({ file, code, within }) =>
        `equivalent-mutants.yaml: no mutation matches ${file}, ${code ?? within}; remove the entry`,
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
    `cases that the unchanged tools fail on this machine, and that therefore prove nothing: ${cases.length} (${shown.join(', ')}${more})`,
  ]
}
