import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeSyntheticRun } from '../../bench/synthetic/synthetic-run.ts'
import { writeSyntheticRun } from '../../bench/synthetic/write-synthetic-run.ts'
import { createFolder, runCli } from '../helpers/run-cli.ts'

const TASKS = { tasks: 30, repeats: 3, factors: [{ name: 'mode', levels: ['script-tool'] }] }
const POLICY = 'metrics:\n  solved: { margin: 25pp }\nquarantine: { flakyShareMax: 0.5 }\n'

async function createRuns(): Promise<string> {
  const folder = await createFolder({ 'gate.yaml': POLICY })
  const write = (name: string, solvedPoints: number) => {
    const effects = solvedPoints === 0 ? [] : [{ when: {}, solvedPoints }]
    const run = describeSyntheticRun({ name, seed: name, tasksSeed: 'gate', ...TASKS, effects })
    return writeSyntheticRun(join(folder, name), run)
  }
  await Promise.all([write('main', 0), write('same', 0), write('worse', -40)])
  return folder
}

test('gate: baseline, pass, regression, documents and exit codes', { timeout: 90_000 }, async () => {
  const cwd = await createRuns()
  const gate = (...args: string[]) => runCli(['gate', ...args], { cwd })
  const saved = await gate('main', '--save-baseline', 'baseline.json')
  expect(saved).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^baseline [0-9a-f]{12}: 90 trials/) })

  const policy = ['--against', 'baseline.json', '--policy', 'gate.yaml']
  const out = ['--junit', 'out/gate.xml', '--markdown', 'out/gate.md']
  const [worse, again] = await Promise.all([
    gate('worse', ...policy, ...out, '--update-baseline', '--json'),
    gate('main', '--save-baseline', 'baseline.json'),
  ])
  expect(worse.exitCode).toBe(2)
  expect(JSON.parse(worse.stdout)).toMatchObject({ status: 'regression', checks: [{ outcome: 'regression' }] })
  expect(worse.stderr).toContain('baseline not changed')
  expect(await readFile(join(cwd, 'out/gate.xml'), 'utf8')).toContain('<failure type="regression"')
  expect(await readFile(join(cwd, 'out/gate.md'), 'utf8')).toContain('## scriptbench gate: REGRESSION')
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('never dropped') })

  const same = await gate('same', ...policy, '--update-baseline')
  expect(same).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^PASS: /) })
  expect(same.stderr).toContain('90 trials added')
})
