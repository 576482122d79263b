import { chmod, lstat, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { copyTree } from '../../src/workspace/copy-tree.ts'
import { restoreProtected } from '../../src/workspace/restore-protected.ts'
import { diffTrees, snapshotTree } from '../../src/workspace/snapshot-tree.ts'
import { folderWith, temporaryFolder } from '../helpers/folders.ts'

const FILES = { 'package.json': '{}', 'test/a.test.js': 'real test', 'test/.hidden': 'x', 'src/a.js': 'code' }
const GLOBS = ['package.json', 'test/**']

/** Lets an agent tamper with a copy, restores it, and says what was reported and what of the protected still differs. */
async function afterTampering(tamper: (folder: string) => Promise<void>) {
  const from = await folderWith(FILES)
  const to = await temporaryFolder()
  await copyTree(from, to)
  await tamper(to)
  const changed = await restoreProtected({ from, to, globs: GLOBS })
  const { added, modified, deleted } = diffTrees(await snapshotTree(from), await snapshotTree(to))
  return { changed, left: [...added, ...modified, ...deleted], to }
}

describe('restoreProtected', () => {
  test('finds nothing where nothing was touched, and leaves the rest alone', async () => {
    const { changed, left } = await afterTampering(folder => writeFile(join(folder, 'src/a.js'), 'solved'))
    expect(changed).toEqual([])
    expect(left).toEqual(['src/a.js'])
  })

  test('puts back what was changed or deleted, hidden files too', async () => {
    const { changed, left } = await afterTampering(async folder => {
      await writeFile(join(folder, 'test/a.test.js'), 'pass()')
      await rm(join(folder, 'test/.hidden'))
    })
    expect(changed).toEqual(['test/.hidden', 'test/a.test.js'])
    expect(left).toEqual([])
  })

  test('removes what matches and was not there', async () => {
    const { changed, left } = await afterTampering(async folder => {
      await mkdir(join(folder, 'test/deep'))
      await writeFile(join(folder, 'test/deep/setup.js'), 'process.exit(0)')
    })
    expect(changed).toEqual(['test/deep/setup.js'])
    expect(left).toEqual([])
  })

  test('sees a changed mode', async () => {
    const { changed } = await afterTampering(folder => chmod(join(folder, 'package.json'), 0o755))
    expect(changed).toEqual(['package.json'])
  })

  test('replaces a folder that was swapped for a link, without writing through it', async () => {
    const outside = await folderWith({ 'a.test.js': 'precious' })
    const { changed, left, to } = await afterTampering(async folder => {
      await rename(join(folder, 'test'), join(folder, 'moved'))
      await symlink(outside, join(folder, 'test'))
    })
    expect(changed).toEqual(expect.arrayContaining(['test/.hidden', 'test/a.test.js']))
    expect(left).toEqual(['moved/.hidden', 'moved/a.test.js'])
    expect((await lstat(join(to, 'test'))).isDirectory()).toBe(true)
    expect(await readFile(join(outside, 'a.test.js'), 'utf8')).toBe('precious')
  })

  test('replaces a file that became a folder, and one that became a link', async () => {
    const { left } = await afterTampering(async folder => {
      await rm(join(folder, 'package.json'))
      await mkdir(join(folder, 'package.json'))
      await writeFile(join(folder, 'package.json/inside'), '')
      await rm(join(folder, 'test/a.test.js'))
      await symlink('../src/a.js', join(folder, 'test/a.test.js'))
    })
    expect(left).toEqual([])
  })

  test('is not kept out by a folder without write permission', async () => {
    const { left } = await afterTampering(async folder => {
      await writeFile(join(folder, 'test/a.test.js'), 'pass()')
      await chmod(join(folder, 'test'), 0o500)
    })
    expect(left).toEqual([])
  })

  test('does nothing without globs', async () => {
    const from = await folderWith(FILES)
    expect(await restoreProtected({ from, to: await temporaryFolder(), globs: [] })).toEqual([])
  })
})
