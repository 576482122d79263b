import { execFileSync } from 'node:child_process'
import { chmod, lstat, mkdir, readdir, readFile, readlink, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { copyTree } from '../../src/workspace/copy-tree.ts'
import { folderWith, temporaryFolder } from '../helpers/folders.ts'

const modeOf = async (path: string) => ((await lstat(path)).mode & 0o777).toString(8)

describe('copyTree', () => {
  test('copies files, folders and links with their modes and times', async () => {
    const from = await folderWith({ 'a/run.sh': '#!/bin/sh', 'b.txt': 'text' })
    await chmod(join(from, 'a/run.sh'), 0o755)
    await chmod(join(from, 'b.txt'), 0o600)
    await symlink('a/run.sh', join(from, 'link'))
    await mkdir(join(from, 'empty'), { mode: 0o700 })
    await utimes(join(from, 'b.txt'), 1_000_000, 1_000_000)
    const to = join(await temporaryFolder(), 'new')
    await copyTree(from, to)
    expect(await readFile(join(to, 'b.txt'), 'utf8')).toBe('text')
    expect(await readlink(join(to, 'link'))).toBe('a/run.sh')
    expect(await Promise.all(['a/run.sh', 'b.txt', 'empty'].map(path => modeOf(join(to, path))))).toEqual([
      '755',
      '600',
      '700',
    ])
    expect((await stat(join(to, 'b.txt'))).mtimeMs).toBe(1_000_000_000)
  })

  test('gives every file one time when asked to', async () => {
    const from = await folderWith({ 'a/b': '', c: '' })
    const to = await temporaryFolder()
    await copyTree(from, to, { modifiedAt: new Date(1_000) })
    const times = await Promise.all(['a', 'a/b', 'c'].map(async path => (await stat(join(to, path))).mtimeMs))
    expect(times).toEqual([1_000, 1_000, 1_000])
  })

  test('leaves .git out, at every level', async () => {
    const from = await folderWith({ '.git/config': '', 'sub/.git': 'gitdir: x', 'sub/file': '', '.gitignore': '' })
    const to = await temporaryFolder()
    await copyTree(from, to)
    expect((await readdir(to, { recursive: true })).sort()).toEqual(['.gitignore', 'sub', 'sub/file'])
  })

  test('writes over what is there: the last copy wins', async () => {
    const to = await folderWith({ same: 'old', 'kept/file': 'kept', 'folder/inside': '', 'was-file': '' })
    const from = await folderWith({ same: 'new', 'kept/other': '', folder: 'now a file', 'was-file/inside': '' })
    await copyTree(from, to)
    expect(await readFile(join(to, 'same'), 'utf8')).toBe('new')
    expect(await readFile(join(to, 'folder'), 'utf8')).toBe('now a file')
    expect((await readdir(to, { recursive: true })).sort()).toEqual([
      'folder',
      'kept',
      'kept/file',
      'kept/other',
      'same',
      'was-file',
      'was-file/inside',
    ])
  })

  test.each(['/etc/passwd', '../outside', 'sub/../../outside'])('refuses a link to %s', async target => {
    const from = await folderWith({ 'sub/file': '' })
    await symlink(target, join(from, 'link'))
    await expect(copyTree(from, await temporaryFolder())).rejects.toThrow(/link: the symlink leads to .*outside/)
  })

  test('keeps such a link unfollowed when it copies what an agent left', async () => {
    const from = await temporaryFolder()
    await symlink('/etc/passwd', join(from, 'link'))
    const to = await temporaryFolder()
    await copyTree(from, to, { outsideLinks: 'keep' })
    expect(await readlink(join(to, 'link'))).toBe('/etc/passwd')
  })

  test('is not blocked by a named pipe, nor by a folder that cannot be read', async () => {
    const from = await folderWith({ 'locked/file': 'content' })
    execFileSync('mkfifo', [join(from, 'pipe')])
    await chmod(join(from, 'locked/file'), 0o000)
    await chmod(join(from, 'locked'), 0o000)
    const to = await temporaryFolder()
    await copyTree(from, to)
    expect(await readdir(to)).toEqual(['locked'])
    await chmod(join(from, 'locked'), 0o700)
    await chmod(join(to, 'locked'), 0o700)
    expect(await readdir(join(to, 'locked'))).toEqual(['file'])
  })

  test('does not write through a link in the place of a folder', async () => {
    const outside = await folderWith({ file: 'precious' })
    const from = await folderWith({ 'sub/file': 'new' })
    const to = await temporaryFolder()
    await symlink(outside, join(to, 'sub'))
    await copyTree(from, to)
    expect(await readFile(join(outside, 'file'), 'utf8')).toBe('precious')
    expect(await readFile(join(to, 'sub/file'), 'utf8')).toBe('new')
  })

  test('copies names of every kind', async () => {
    const from = await folderWith({ 'with blank': '', 'é\n': '', '-rf': '', '*': '' })
    await writeFile(join(from, '$HOME'), '')
    const to = await temporaryFolder()
    await copyTree(from, to)
    expect((await readdir(to)).length).toBe(5)
  })
})
