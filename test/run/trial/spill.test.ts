import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { spill } from '../../../src/run/trial/spill.ts'
import { createWorkspaceView } from '../../../src/workspace/workspace-view.ts'
import { folderWith, temporaryFolder } from '../../helpers/folders.ts'

async function workspace() {
  const folder = await temporaryFolder()
  return { folder, view: createWorkspaceView({ hostRoot: folder, guestRoot: '/workspace' }) }
}

test('the text stands where the agent is told', async () => {
  const { folder, view } = await workspace()
  expect(await spill(view, 'turn-1-1.txt', 'first')).toBe('/workspace/.scriptbench/turn-1-1.txt')
  expect(await spill(view, 'turn-1-1.txt', 'x')).toBe('/workspace/.scriptbench/turn-1-1.txt')
  expect(await readFile(join(folder, '.scriptbench', 'turn-1-1.txt'), 'utf8')).toBe('x')
})

test('a link of the agent in the place of the file or of the folder leads nowhere', async () => {
  const outside = await folderWith({ 'turn-1-1.txt': 'mine' })
  const { folder, view } = await workspace()
  await mkdir(join(folder, '.scriptbench'))
  await symlink(join(outside, 'turn-1-1.txt'), join(folder, '.scriptbench', 'turn-1-1.txt'))
  expect(await spill(view, 'turn-1-1.txt', 'theirs')).toBeUndefined()
  const other = await workspace()
  await symlink(outside, join(other.folder, '.scriptbench'))
  expect(await spill(other.view, 'turn-1-1.txt', 'theirs')).toBeUndefined()
  expect(await readFile(join(outside, 'turn-1-1.txt'), 'utf8')).toBe('mine')
})

test('a file in the place of the folder is no failure of the trial', async () => {
  const { folder, view } = await workspace()
  await writeFile(join(folder, '.scriptbench'), '')
  expect(await spill(view, 'turn-1-1.txt', 'text')).toBeUndefined()
})
