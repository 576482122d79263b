import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createScratchFolder, freshFolder, removeTree } from '../../../src/run/trial/scratch-folder.ts'
import { temporaryFolder } from '../../helpers/folders.ts'

const DEEPER_THAN_A_PATH = 'for i in $(seq 1 400); do mkdir dddddddddddddddd && cd dddddddddddddddd || exit 1; done'

test('nothing of what stood in a fresh folder is left, however deep or closed it was', async () => {
  const folder = join(await temporaryFolder(), 'workspace')
  await mkdir(join(folder, 'closed'), { recursive: true })
  execFileSync('bash', ['-c', DEEPER_THAN_A_PATH], { cwd: folder })
  execFileSync('bash', ['-c', 'touch closed/x "$(printf \'\\xff\\xfe\')"; chmod 000 closed'], { cwd: folder })
  await freshFolder(folder)
  expect(await readdir(folder)).toEqual([])
})

test('a link in the place of a folder is removed, not followed', async () => {
  const root = await temporaryFolder()
  await mkdir(join(root, 'elsewhere'))
  await writeFile(join(root, 'elsewhere', 'keep'), '')
  await symlink(join(root, 'elsewhere'), join(root, 'link'))
  await freshFolder(join(root, 'link'))
  expect(await readdir(join(root, 'elsewhere'))).toEqual(['keep'])
  expect(await readdir(join(root, 'link'))).toEqual([])
})

test('a missing tree is removed without a word, and a released folder is gone', async () => {
  await removeTree(join(await temporaryFolder(), 'missing'))
  const scratch = await createScratchFolder()
  await writeFile(join(scratch.path, 'x'), '')
  await scratch.release()
  expect(existsSync(scratch.path)).toBe(false)
})

test('what a killed process left is swept by the next one; a living one keeps its own', async () => {
  const first = await createScratchFolder()
  const abandoned = first.path.replace(/-\d{9}-/, '-004194304-')
  await mkdir(abandoned)
  const second = await createScratchFolder()
  expect(existsSync(abandoned)).toBe(false)
  expect(existsSync(first.path)).toBe(true)
  await Promise.all([first.release(), second.release()])
})
