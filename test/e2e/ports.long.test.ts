import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, runCli } from '../helpers/run-cli.ts'

const CASE = {
  id: 'a',
  category: 'add',
  input: {},
  invoke: { mode: 'arg', patch: '*** Begin Patch\n*** Add File: a\n+x\n*** End Patch' },
  expect: {
    '0.169.0': {
      exit: 0,
      stdout: 'Success. Updated the following files:\nA a\n',
      stderr: '',
      tree: { a: { f: 'x\n' } },
    },
  },
}
const WRONG = { ...CASE, id: 'b', expect: { '0.169.0': { ...CASE.expect['0.169.0'], exit: 1 } } }

test('ports check: report, JUnit, baseline and exit codes', async () => {
  const folder = await createFolder({ 'two.jsonl': [CASE, WRONG].map(one => JSON.stringify(one)).join('\n') })
  const check = (...more: string[]) => ['ports', 'check', '--corpus', join(folder, 'two.jsonl'), ...more]

  const reported = await runCli(check('--json', '--junit', join(folder, 'junit.xml')))
  expect(reported.exitCode).toBe(2)
  expect(Object.keys(JSON.parse(reported.stdout))).toEqual(['summary', 'by_category', 'differences'])
  expect(await readFile(join(folder, 'junit.xml'), 'utf8')).toContain('tests="2" failures="1"')

  await writeFile(join(folder, 'before.json'), reported.stdout)
  const again = await runCli(check('--baseline', join(folder, 'before.json')))
  expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('since the baseline: 0 worse, 0 better') })
  expect(again.stdout).toContain('1 of 2 stable cases identical')

  const unknown = await runCli(check('--tool', 'pigeon'))
  expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--tool pigeon') })
})
