import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/folders.ts'
import { runCli } from '../helpers/run-cli.ts'

test('repeats added to a finished run are exploratory', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const run = [
    'run',
    'suites/demo.yaml',
    '--models',
    'oracle',
    '--tasks',
    'csv-quotes,expenses-json-flag',
    '--modes',
    'structured-parallel,script-tool',
    '--reinjection',
    'off',
    '--out',
    folder,
  ]
  expect(await runCli(run)).toMatchObject({ exitCode: 0 })
  expect((await runCli(['compare', folder])).stdout).toContain('final: all declared trials are done')
  expect(await runCli([...run, '--repeats', '2'])).toMatchObject({ exitCode: 0 })
  const { stdout } = await runCli(['compare', folder])
  expect(stdout).toContain('exploratory: 4 trials were added on')
}, 60_000)
