import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { describeReport, reportMarkdown } from '../../../bench/report/describe-report.ts'
import { aimsOf, measureReport, runOfSize } from '../../../bench/report/measure-report.ts'
import { trialsPlannedOf } from '../../../bench/synthetic/synthetic-suite.ts'
import { createFolder, PROJECT_ROOT, runCli } from '../../helpers/run-cli.ts'

const leftovers = (folder: string) => readdirSync(folder).filter(name => name.startsWith('scriptbench-'))

afterEach(() => void vi.unstubAllEnvs())

test.each([20, 1_000, 10_000, 100_000])('a run of %i trials has as many', trials => {
  expect(trialsPlannedOf(runOfSize(trials))).toBe(trials)
})

test('the real command is measured in a process of its own, and nothing is left behind', async () => {
  const folder = await createFolder()
  vi.stubEnv('TMPDIR', folder)
  const { rows } = await measureReport({ trials: [20] })
  expect(leftovers(folder)).toEqual([])
  expect(rows).toMatchObject([{ trials: 20, tasks: 1 }])
  expect(rows[0]?.reportMs).toBeGreaterThan(50)
  expect(rows[0]?.peakBytes).toBeGreaterThan(20 * 1024 * 1024)
})

test('Ctrl-C ends it with 130, without leftovers', async () => {
  const folder = await createFolder()
  const ended = await runCli(['report', '--trials', '200000'], {
    main: join(PROJECT_ROOT, 'bench', 'main.ts'),
    env: { TMPDIR: folder },
    killWhen: said => said.includes('measuring'),
    killSignal: 'SIGINT',
  })
  expect(ended.exitCode, ended.stderr).toBe(130)
  expect(leftovers(folder)).toEqual([])
})

const row = { tasks: 50, logBytes: 2 ** 23, generateMs: 9, peakBytes: 300 * 2 ** 20 }
const rows = [
  { ...row, trials: 1_000, reportMs: 2_000, msPerTrial: 2 },
  { ...row, trials: 10_000, reportMs: 50_000, msPerTrial: 5 },
]
const machine = { node: 'v24.0.0', os: 'linux x64', cpu: 'a processor', cores: 2, memoryGb: 8, load: 0.5 }

test('time that grows faster than the trials is reported', () => {
  expect(aimsOf(rows).map(({ isMet }) => isMet)).toEqual([true, false])
  expect(aimsOf(rows.slice(0, 1)).length).toBe(1)
})

test('both texts have every size and every aim', () => {
  const bench = { machine, rows, aims: aimsOf(rows) }
  expect(describeReport(bench)).toMatch(/^10000 +50 +8 +50\.0 +5\.00 +300$/m)
  expect(describeReport(bench)).toContain(
    '✗ time per trial, largest run divided by the one before: 2.50 (aim: at most 1.5)',
  )
  expect(reportMarkdown(bench)).toContain('| 10000 | 50 | 8 | 50.0 | 5.00 | 300 |')
  expect(reportMarkdown(bench)).toContain('- Met: peak memory in MB: 300 (aim: at most 500)')
})
