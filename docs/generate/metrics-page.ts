import type { Column } from '../../src/metrics/columns/column.ts'
import { FURTHER_COLUMNS } from '../../src/metrics/columns/columns.ts'
import { IDENTITY_COLUMNS } from '../../src/metrics/columns/identity-columns.ts'
import { TIME_COLUMNS } from '../../src/metrics/columns/time-columns.ts'
import { TOKEN_COLUMNS } from '../../src/metrics/columns/token-columns.ts'
import { ERROR_COLUMNS, WORK_COLUMNS } from '../../src/metrics/columns/work-columns.ts'

const INTRODUCTION = `# The columns of \`trials.csv\`

One row per trial, computed from the trial's log alone. An empty cell means *unknown* or *not applicable*, never 0.
\`results.json\` has the same values, with names in camel case. A trial whose log has no end was interrupted and
has no row.

This page is generated (\`npm run docs\`) from \`src/metrics/columns/\`.
`

const SECTIONS: readonly (readonly [string, readonly Column[]])[] = [
  ['What the trial was, and how it ended', IDENTITY_COLUMNS],
  ['Turns, calls, scripts', WORK_COLUMNS],
  ['Tokens, bytes, cost', TOKEN_COLUMNS],
  ['Errors', ERROR_COLUMNS],
  ['Time', TIME_COLUMNS],
  ['Further factors and facts', FURTHER_COLUMNS],
]

/** The text of `docs/metrics.md`. */
export function metricsPage(): string {
  const sections = SECTIONS.map(([title, columns]) => `## ${title}\n\n${tableOf(columns)}\n`)
  const custom = 'Each factor that a suite loads from a module adds a column of that name at the end.\n'
  return [INTRODUCTION, ...sections, custom].join('\n')
}

function tableOf(columns: readonly Column[]): string {
  const rows = columns.map(({ name, unit, meaning, emptyWhen }) => {
    return `| \`${name}\` | ${unit} | ${meaning} | ${emptyWhen ?? 'never'} |`
  })
  return ['| column | unit | meaning | empty when |', '|---|---|---|---|', ...rows].join('\n')
}
