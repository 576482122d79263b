// Covers: cli/terminal/show-plan.ts

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeSyntheticRun } from '../../bench/synthetic/synthetic-run.ts'
import { writeSyntheticRun } from '../../bench/synthetic/write-synthetic-run.ts'
import { inlineSuite, inlineTask } from '../helpers/inline-task.ts'
import { createFolder, runCli } from '../helpers/run-cli.ts'

test('plan: size, precision and money before anything runs', { timeout: 90_000 }, async () => {
  const model = {
    spec: 'openai/some',
    prices: { inputPerMillion: 2, outputPerMillion: 8, source: 'x', date: '2026-01-01' },
  }
  const factors = { mode: ['structured-parallel', 'script-tool'] }
  const cwd = await createFolder({
    ...inlineTask('one'),
    ...inlineTask('two'),
    'suite.yaml': inlineSuite({ models: [model], factors, repeats: 2 }),
    'other.yaml': inlineSuite({ models: [model], factors: { mode: ['structured-serial', 'script-text'] } }),
  })
  await writeSyntheticRun(join(cwd, 'pilot'), describeSyntheticRun({ name: 'pilot', tasks: 12, repeats: 2 }))
  const plan = (...args: string[]) => runCli(['plan', ...args], { cwd })
  const [plain, json, factor] = await Promise.all([
    plan('suite.yaml', '--effect', '10pp', '--budget-usd', '50'),
    plan('suite.yaml', '--pilot', 'pilot', '--json'),
    plan('other.yaml', '--pilot', 'pilot', '--effect', '0.8x'),
  ])
  expect(plain.exitCode).toBe(0)
  expect(plain.stdout).toMatch(/2 tasks × 2 arms × 1 model × 2 repeats = 8 trials: \$\d.*–\$\d.*, time unknown/)
  expect(plain.stdout).toContain('10 points of solved need')
  expect(JSON.parse(json.stdout)).toMatchObject({ pilot: { tasks: 12 }, designs: { solved: { source: 'pilot' } } })
  expect(factor).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no trial of the pilot has') })
})
