import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ToolCallRecord } from '../../../src/contracts/tool.ts'
import { openFolderToolbox } from '../../../src/run/single/folder-toolbox.ts'
import { folderWith } from '../../helpers/folders.ts'

test('a tool reads and changes the real folder, and each call is recorded', async () => {
  const workspace = await folderWith({ 'a.txt': 'old\n' })
  const records: ToolCallRecord[] = []
  const { guestRoot, toolbox } = await openFolderToolbox({
    workspace,
    sandbox: 'none',
    record: call => records.push(call),
  })
  expect(guestRoot).toBe(workspace)
  const read = await toolbox.call({ callId: '1', tool: 'readFile', args: { filePath: join(guestRoot, 'a.txt') } })
  expect(read).toMatchObject({ ok: true, text: expect.stringContaining('old') })
  const patch = '*** Begin Patch\n*** Update File: a.txt\n@@\n-old\n+new\n*** End Patch'
  expect(await toolbox.call({ callId: '2', tool: 'applyPatch', args: { patch } })).toMatchObject({ ok: true })
  expect(await readFile(join(workspace, 'a.txt'), 'utf8')).toBe('new\n')
  expect(records.map(({ tool, status }) => `${tool} ${status}`)).toEqual(['readFile ok', 'applyPatch ok'])
})

test('a workspace that is not a folder is named', async () => {
  const folder = await folderWith({ file: '' })
  for (const workspace of [join(folder, 'file'), join(folder, 'missing')]) {
    await expect(openFolderToolbox({ workspace, sandbox: 'none' })).rejects.toMatchObject({
      code: 'file-not-found',
      message: expect.stringContaining(`--workspace ${workspace}: not a folder`),
    })
  }
})
