import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../src/contracts/errors.ts'
import { cachedUpstream } from '../src/port-check/upstream/upstream-program.ts'
import { packageVersion } from '../src/run/package-version.ts'
import type { ReportRow } from './engine/engine-report.ts'
import { interleave } from './engine/interleave.ts'
import { OURS, reportRow } from './engine/report-row.ts'
import { TRIAL_PROFILE } from './engine/trial-profile.ts'
import { thisMachine } from './machine.ts'
import { CHECK_ROWS } from './tools/check-rows.ts'
import { EXEC_ROWS } from './tools/exec-rows.ts'
import { PATCH_ROWS, UPSTREAM_NAME, UPSTREAM_VERSION } from './tools/patch-rows.ts'
import { SEARCH_ROWS } from './tools/search-rows.ts'
import type { ToolRow } from './tools/tool-row.ts'
import type { ToolsReport } from './tools/tools-report.ts'

export interface ToolsBenchOptions {
  /** Ids of rows; all without it. */
  rows?: readonly string[]
  /** Samples of each in a row. */
  repetitions: number
  /** How many files the generated tree has. */
  files?: number
  /** Corpora of the check; those of the package without it. */
  corpora?: readonly string[]
  /** Told before each row. */
  onRow?(title: string): void
}

export const TOOLS_REPETITIONS = 10
const FILES_DEFAULT = 20_000
const ROWS: readonly ToolRow[] = [...PATCH_ROWS, ...EXEC_ROWS, ...SEARCH_ROWS, ...CHECK_ROWS]
const NOT_CACHED = `not in the cache; \`scriptbench ports record --upstream ${UPSTREAM_VERSION}\` installs it`

/** Measures our tools beside the real program, bare processes and ripgrep. Throws a `UserError` for unknown rows. */
export async function measureTools(options: ToolsBenchOptions): Promise<ToolsReport> {
  const { repetitions, files = FILES_DEFAULT, onRow } = options
  const rows = selectRows(options.rows)
  const upstreamFile = await cachedUpstream(UPSTREAM_VERSION)
  const startedMs = performance.now()
  const dir = await mkdtemp(join(tmpdir(), 'scriptbench-bench-tools-'))
  try {
    const measured: ReportRow[] = []
    for (const row of rows) {
      onRow?.(row.title)
      measured.push(await measureRow(row, { ...options, files, upstreamFile, dir: join(dir, row.id) }))
    }
    return {
      schemaVersion: 1,
      date: new Date().toISOString(),
      machine: thisMachine(),
      versions: { scriptbench: packageVersion(), ...(upstreamFile !== undefined && { codex: UPSTREAM_VERSION }) },
      repetitions,
      files,
      rows: measured,
      durationMs: performance.now() - startedMs,
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

interface Setting extends ToolsBenchOptions {
  files: number
  upstreamFile: string | undefined
  dir: string
}

async function measureRow(
  row: ToolRow,
  { repetitions, files, upstreamFile, dir, corpora }: Setting,
): Promise<ReportRow> {
  await mkdir(dir)
  const interleaveOptions = {
    rounds: row.isSingle ? 1 : repetitions,
    samplesPerTurn: 1,
    warmupMs: row.isSingle ? undefined : 0,
    budgetMs: Number.POSITIVE_INFINITY,
    unhurried: new Set([OURS]),
    onTurn: () => undefined,
  }
  const measured = await row.measure({
    ...{ dir, files, upstreamFile },
    ...(corpora && { corpora }),
    interleave: candidates => interleave(candidates, interleaveOptions),
  })
  await rm(dir, { recursive: true, force: true })
  const lacks = row.hasUpstream && upstreamFile === undefined
  const absent = new Map(lacks ? [[UPSTREAM_NAME, NOT_CACHED]] : [])
  return reportRow({ row, measured, absent, profile: TRIAL_PROFILE })
}

function selectRows(ids: readonly string[] | undefined): readonly ToolRow[] {
  const known = ROWS.map(({ id }) => id)
  const unknown = (ids ?? []).filter(id => !known.includes(id))
  if (unknown.length === 0) return ROWS.filter(({ id }) => ids?.includes(id) ?? true)
  throw new UserError('usage', `--rows: there is no row ${unknown.join(', ')}; there are ${known.join(', ')}`)
}
