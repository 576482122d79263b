import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runScriptFile } from '../../../src/run/single/run-script-file.ts'
import { folderWith } from '../../helpers/folders.ts'

async function run(source: string, options: Partial<Parameters<typeof runScriptFile>[0]> = {}) {
  const workspace = await folderWith({ 'a.txt': 'hello\n', 'script.ts': source })
  return runScriptFile({
    file: join(workspace, 'script.ts'),
    workspace,
    sandbox: 'none',
    limits: {},
    typeCheck: 'off',
    signal: new AbortController().signal,
    ...options,
  })
}

test('a script reads the folder through the tools', async () => {
  const source = "return (await tools.readFile({ filePath: context.workingDirectory + '/a.txt' })).text"
  expect((await run(source)).outcome).toMatchObject({ ok: true, value: expect.stringContaining('hello') })
})

test('given limits replace the defaults', async () => {
  const source = 'await Promise.all([1, 2].map(() => tools.listDir({ dirPath: context.workingDirectory })))'
  expect((await run(source, { limits: { toolCallsMax: 1 } })).outcome).toMatchObject({
    ok: false,
    failure: { class: 'too-many-calls' },
  })
})

test('a script with type problems runs under "warn" and does not start under "block"', async () => {
  const source = "if (context.workingDirectory === '') await tools.readFile({ path: 1 })\nreturn 'ran'"
  const warned = await run(source, { typeCheck: 'warn' })
  expect(warned).toMatchObject({ outcome: { ok: true, value: 'ran' }, problems: [{ line: 1 }] })
  const blocked = await run(source, { typeCheck: 'block' })
  expect(blocked.outcome).toMatchObject({ ok: false, failure: { class: 'type' } })
})

test('a file that cannot be read is named', async () => {
  await expect(run('', { file: '/missing/script.ts' })).rejects.toMatchObject({
    code: 'file-not-found',
    message: '/missing/script.ts: cannot be read (ENOENT); expected a TypeScript file.',
  })
})
