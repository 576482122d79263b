import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gitPaths, writableRoots } from '../../src/os-sandbox/writable-roots.ts'
import { folderWith, temporaryFolder } from '../helpers/folders.ts'

test('the workspace, the named folders and the temporary ones can be written', async () => {
  const [workspace, other, temporary] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()]
  const roots = writableRoots(workspace, { writableRoots: [other, 'nowhere'] }, { TMPDIR: temporary })
  expect(roots).toEqual([workspace, other, '/tmp', temporary])
})

test('the temporary ones can be left out', async () => {
  const workspace = await temporaryFolder()
  const options = { isTmpdirExcluded: true, isSlashTmpExcluded: true }
  expect(writableRoots(workspace, options, { TMPDIR: '/var/tmp' })).toEqual([workspace])
})

test('a root that is a link counts as what it leads to, once', async () => {
  const workspace = await temporaryFolder()
  const link = join(await temporaryFolder(), 'link')
  await symlink(workspace, link)
  const options = { writableRoots: [link], isTmpdirExcluded: true, isSlashTmpExcluded: true }
  expect(writableRoots(workspace, options, {})).toEqual([workspace])
})

test('the history of a root is its .git, and what a .git file names', async () => {
  const elsewhere = await folderWith({ 'worktrees/a/HEAD': 'ref' })
  const root = await temporaryFolder()
  expect(gitPaths(root)).toEqual([])
  await writeFile(join(root, '.git'), `gitdir: ${elsewhere}/worktrees/a\n`)
  expect(gitPaths(root)).toEqual([join(root, '.git'), join(elsewhere, 'worktrees/a')])
  const plain = await temporaryFolder()
  await mkdir(join(plain, '.git'))
  expect(gitPaths(plain)).toEqual([join(plain, '.git')])
})
