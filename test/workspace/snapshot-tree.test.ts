import { execFileSync } from 'node:child_process'
import { chmod, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { diffTrees, snapshotTree } from '../../src/workspace/snapshot-tree.ts'
import { folderWith } from '../helpers/folders.ts'

async function changesBy(files: Record<string, string>, change: (folder: string) => Promise<void>) {
  const folder = await folderWith(files)
  const before = await snapshotTree(folder)
  await change(folder)
  return diffTrees(before, await snapshotTree(folder))
}

describe('the difference of two states', () => {
  test('names what was added, modified and deleted, sorted', async () => {
    const diff = await changesBy({ 'b/kept': '1', 'b/gone': '', changed: 'old', a: '' }, async folder => {
      await writeFile(join(folder, 'z'), '')
      await writeFile(join(folder, 'c'), '')
      await writeFile(join(folder, 'changed'), 'new')
      await rm(join(folder, 'b/gone'))
    })
    expect(diff).toEqual({ added: ['c', 'z'], modified: ['changed'], deleted: ['b/gone'] })
  })

  test('goes by content, not by time', async () => {
    const diff = await changesBy({ a: 'same', b: 'old!' }, async folder => {
      await utimes(join(folder, 'a'), 1, 1)
      await writeFile(join(folder, 'b'), 'new!')
      await utimes(join(folder, 'b'), 1, 1)
    })
    expect(diff).toEqual({ added: [], modified: ['b'], deleted: [] })
  })

  test('sees large files, the executable bit, and a file that became a link', async () => {
    const large = 'x'.repeat(3_000_000)
    const diff = await changesBy({ large, tool: '', turned: '' }, async folder => {
      await writeFile(join(folder, 'large'), `${large.slice(1)}y`)
      await chmod(join(folder, 'tool'), 0o755)
      await rm(join(folder, 'turned'))
      await symlink('/etc/passwd', join(folder, 'turned'))
    })
    expect(diff).toEqual({ added: [], modified: ['large', 'tool', 'turned'], deleted: [] })
  })

  test('passes over the harness folder at the top, node_modules and .git', async () => {
    const diff = await changesBy({}, async folder => {
      const paths = ['.scriptbench', 'sub/.scriptbench', 'sub/node_modules', '.git']
      for (const path of paths) execFileSync('mkdir', ['-p', join(folder, path)])
      for (const path of paths) await writeFile(join(folder, path, 'file'), '')
    })
    expect(diff).toEqual({ added: ['sub/.scriptbench/file'], modified: [], deleted: [] })
  })

  test('does not wait for a named pipe', async () => {
    const diff = await changesBy({}, async folder => {
      execFileSync('mkfifo', [join(folder, 'pipe')])
    })
    expect(diff.added).toEqual(['pipe'])
  })
})
