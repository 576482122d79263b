import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cachedUpstream } from '../../src/port-check/upstream/upstream-program.ts'
import { packageVersion } from '../../src/run/package-version.ts'
import { chooseRows } from '../measuring/choose-rows.ts'
import { interleave } from '../measuring/interleave.ts'
import { judgeRow, OURS } from '../measuring/judge-row.ts'
import { thisMachine } from '../measuring/machine.ts'
import type { RowResult } from '../measuring/row-result.ts'
import { TRIAL_PROFILE } from '../measuring/trial-profile.ts'
import { CHECK_ROWS } from './check-rows.ts'
import { EXEC_ROWS } from './exec-rows.ts'
import { PATCH_ROWS, UPSTREAM_NAME, UPSTREAM_VERSION } from './patch-rows.ts'
import { SEARCH_ROWS } from './search-rows.ts'
import type { ToolRow } from './tool-row.ts'
import type { ToolsReport } from './tools-report.ts'

export interface ToolsBenchOptions {
  /** Ids of rows; all without it. */
  rows?: readonly string[]
  /** Samples of each in a row. */
  repetitions: number
  /** How many files the generated tree has. */
  files?: number
  /** Corpora of the check; those of the package without it. */
  corpora?: readonly string[]
  /** Called before each row. */
  onRow?(title: string): void
}

export const TOOLS_REPETITIONS = 10
const FILES_DEFAULT = 20_000
const ROWS: readonly ToolRow[] = [...PATCH_ROWS, ...EXEC_ROWS, ...SEARCH_ROWS, ...CHECK_ROWS]
const NOT_CACHED = `not in the cache; \`scriptbench ports record --upstream ${UPSTREAM_VERSION}\` installs it`

/** Compares our tools with the real program, bare processes and ripgrep. Throws a `UserError` for unknown rows. */
export async function measureTools(options: ToolsBenchOptions): Promise<ToolsReport> {
  const { repetitions, files = FILES_DEFAULT, onRow } = options
  const rows = chooseRows(ROWS, options.rows)
  const upstreamFile = await cachedUpstream(UPSTREAM_VERSION)
  const startedMs = performance.now()
  const dir = await mkdtemp(join(tmpdir(), 'scriptbench-bench-tools-'))
  try {
    const measured: RowResult[] = []
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
): Promise<RowResult> {
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
  return judgeRow({ row, measured, absent, profile: TRIAL_PROFILE })
}
