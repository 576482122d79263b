import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runFiles } from '../../../src/log/run-files.ts'
import { TOKEN_COLUMNS } from '../../../src/metrics/columns/token-columns.ts'
import type { TrialMetrics } from '../../../src/metrics/trial-metrics.ts'
import { loadRun } from '../../../src/report/document/load-run.ts'
import { planRun } from '../../../src/run/suite/plan-run.ts'
import { runSuite } from '../../../src/run/suite/run-suite.ts'
import { folderWith } from '../../helpers/folders.ts'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'

/** Two runs of one suite and seed by built-in players. The second resumes a copy of the first, without its trials. */
async function runTwice(mechanism: 'auto' | 'none'): Promise<string[]> {
  const folder = await folderWith({
    ...inlineTask('one'),
    ...inlineTask('two'),
    'suite.yaml': inlineSuite({
      models: ['oracle', 'simulated/hasty'],
      factors: { mode: ['structured-serial', 'structured-parallel', 'script-tool', 'script-text'] },
      sandbox: { mechanism },
    }),
  })
  const first = join(folder, 'first')
  const outDirs = [first, join(folder, 'second')]
  for (const outDir of outDirs) {
    if (outDir !== first) {
      await mkdir(outDir)
      await copyFile(runFiles(first).manifest, runFiles(outDir).manifest)
    }
    await runSuite({
      plan: await planRun({ suiteFile: join(folder, 'suite.yaml'), overrides: {}, environment: process.env }),
      outDir,
      concurrency: 2,
      environment: process.env,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    })
  }
  return outDirs
}

async function trialsOf(outDir: string): Promise<TrialMetrics[]> {
  const loaded = await loadRun(outDir)
  if (!loaded.ok) throw new Error(loaded.error.message)
  return loaded.value.report.trials
}

async function nonceOf(outDir: string, trial: string): Promise<string> {
  const log = await readFile(runFiles(outDir).trialLog(trial), 'utf8')
  return /"nonce":"(\d+)"/.exec(log)?.[1] ?? ''
}

function tokensOf(trial: TrialMetrics) {
  const columns = TOKEN_COLUMNS.filter(({ unit }) => unit === 'tokens')
  return Object.fromEntries([['id', trial.trialId], ...columns.map(({ key, name }) => [name, trial[key]])])
}

test.each(['auto', 'none'] as const)(
  'a run and a resumed copy of it, sandbox %s: equal tokens, no nonce twice',
  async mechanism => {
    const outDirs = await runTwice(mechanism)
    const [first = [], second] = await Promise.all(outDirs.map(trialsOf))
    expect(first).toHaveLength(16)
    expect(second?.map(tokensOf)).toEqual(first.map(tokensOf))
    const nonces = await Promise.all(outDirs.flatMap(outDir => first.map(({ trialId }) => nonceOf(outDir, trialId))))
    expect(nonces).not.toContain('')
    expect(new Set(nonces).size).toBe(32)
  },
)
