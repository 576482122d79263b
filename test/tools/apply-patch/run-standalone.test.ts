import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runStandalone, runStandaloneProgram } from '../../../src/tools/apply-patch/run-standalone.ts'

const ADD = '*** Begin Patch\n*** Add File: a.txt\n+one\n*** End Patch'
const NONE = Buffer.alloc(0)
const NOT_UTF8 = Buffer.of(0xff)
let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'run-standalone-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

test.each(['0.169', '0.55'] as const)('%s: a patch changes the folder and is summed up', async profile => {
  const result = await runStandalone({ patch: ADD, cwd, profile })
  expect(result).toEqual({ stdout: 'Success. Updated the following files:\nA a.txt\n', stderr: '', exitCode: 0 })
  expect(readFileSync(join(cwd, 'a.txt'), 'utf8')).toBe('one\n')
})

test('nothing is rolled back when a later operation fails', async () => {
  const patch = ADD.replace('*** End', '*** Delete File: missing.txt\n*** End')
  const { exitCode, stdout, stderr } = await runStandalone({ patch, cwd })
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  expect(stderr).toContain('missing.txt')
  expect(readdirSync(cwd)).toEqual(['a.txt'])
})

test.each(['no patch', '*** Begin Patch\n*** End Patch'])('%j changes nothing and fails', async patch => {
  const { exitCode, stdout, stderr } = await runStandalone({ patch, cwd })
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  expect(stderr).toMatch(/.\n$/)
  expect(readdirSync(cwd)).toEqual([])
})

test('the patch is the argument, or the input without one', async () => {
  expect(await runStandaloneProgram({ args: [Buffer.from(ADD)], stdin: NOT_UTF8, cwd })).toMatchObject({ exitCode: 0 })
  expect(await runStandaloneProgram({ args: [], stdin: Buffer.from(ADD), cwd })).toMatchObject({ exitCode: 0 })
})

test.each([
  ['two arguments', [NONE, NONE], NONE, 2, 'Error: apply_patch accepts exactly one argument.\n'],
  ['an argument that is not UTF-8', [NOT_UTF8], NONE, 1, 'Error: apply_patch requires a UTF-8 PATCH argument.\n'],
  ['input that is not UTF-8', [], NOT_UTF8, 1, expect.stringContaining('stream did not contain valid UTF-8\n')],
  ['nothing', [], NONE, 2, "Usage: apply_patch 'PATCH'\n       echo 'PATCH' | apply_patch\n"],
])('%s is refused', async (_, args, stdin, exitCode, stderr) => {
  expect(await runStandaloneProgram({ args, stdin, cwd })).toEqual({ stdout: '', stderr, exitCode })
})

test('0.55 has another name in its usage', async () => {
  expect((await runStandaloneProgram({ args: [], stdin: NONE, cwd, profile: '0.55' })).stderr).toContain(
    '| apply-patch\n',
  )
})
