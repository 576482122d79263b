import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { removeTree } from '../../src/run/trial/scratch-folder.ts'
import { walkTree } from '../../src/workspace/walk-tree.ts'
import { folderWith } from '../helpers/folders.ts'

test('what no path can express is left out: names that are not text, folders nested too deep', async () => {
  const folder = await folderWith({ 'a.txt': '' })
  const hostile =
    'touch "$(printf \'\\xff\')"; for i in $(seq 1 400); do mkdir dddddddddddddddd && cd dddddddddddddddd; done'
  execFileSync('bash', ['-c', hostile], { cwd: folder })
  const entries = await walkTree(folder, () => false)
  expect(entries[0]).toMatchObject({ path: 'a.txt', kind: 'file' })
  expect(entries.length).toBeGreaterThan(20)
  expect(entries.length).toBeLessThan(400)
  await removeTree(folder)
})
