// Covers: tools/host-files.ts

import { constants } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { OsSandbox, SandboxPolicy } from '../../../src/contracts/os-sandbox.ts'
import { confinedFiles, isPatchAllowed } from '../../../src/tools/apply-patch/write-permission.ts'
import { plainFiles } from '../../../src/tools/host-files.ts'
import { folderWith, temporaryFolder } from '../../helpers/folders.ts'

const sandboxOf = (policy: SandboxPolicy, writableRoots?: readonly string[]): OsSandbox => ({
  mechanism: 'bubblewrap',
  policy,
  ...(writableRoots && { writableRoots }),
  run: () => Promise.reject(new Error('nothing is run here')),
})

test.each<[SandboxPolicy, string[] | undefined, string, boolean]>([
  ['danger-full-access', undefined, '/etc/passwd', true],
  ['read-only', ['/w'], '/w/a', false],
  ['workspace-write', undefined, '/w/a', true],
  ['workspace-write', ['/w'], '/w/a', true],
  ['workspace-write', ['/w', '/tmp'], '/w/../tmp/a', true],
  ['workspace-write', ['/w'], '/w/../a', false],
  ['workspace-write', ['/w'], '/ww/a', false],
  ['workspace-write', ['/w'], '/w/.git/config', false],
  ['workspace-write', ['/w'], '/w/.gitignore', true],
])('under %s with %j a patch of %s is allowed: %s', (policy, roots, path, expected) => {
  expect(isPatchAllowed([path], sandboxOf(policy, roots))).toBe(expected)
})

describe('files under workspace-write', () => {
  const WRITE = constants.O_WRONLY | constants.O_CREAT

  test('are read anywhere and written under the roots only', async () => {
    const root = await temporaryFolder()
    const other = await folderWith({ file: 'x' })
    const files = confinedFiles(plainFiles, sandboxOf('workspace-write', [root]))
    await using made = await files.open(join(root, 'made'), WRITE)
    await made.writeFile('mine')
    await using read = await files.open(join(other, 'file'), constants.O_RDONLY)
    expect((await read.readFile()).toString()).toBe('x')
    await expect(files.open(join(other, 'file'), WRITE)).rejects.toMatchObject({ code: 'EACCES' })
    await expect(files.unlink(join(other, 'file'))).rejects.toMatchObject({ code: 'EACCES' })
    await expect(files.mkdir(join(other, 'made'))).rejects.toMatchObject({ code: 'EACCES' })
    expect(await readFile(join(other, 'file'), 'utf8')).toBe('x')
  })

  test('are not reached through a link', async () => {
    const root = await temporaryFolder()
    const other = await folderWith({ file: 'x' })
    await symlink(other, join(root, 'folder'))
    await symlink(join(other, 'file'), join(root, 'file'))
    const files = confinedFiles(plainFiles, sandboxOf('workspace-write', [root]))
    await expect(files.open(join(root, 'file'), WRITE)).rejects.toMatchObject({ code: 'EACCES' })
    await expect(files.open(join(root, 'folder/new'), WRITE)).rejects.toMatchObject({ code: 'EACCES' })
    await expect(files.unlink(join(root, 'folder/file'))).rejects.toMatchObject({ code: 'EACCES' })
    // The link itself is the root's.
    await files.unlink(join(root, 'file'))
  })

  test('that cannot be written anyway fail for their own reason', async () => {
    const files = confinedFiles(plainFiles, sandboxOf('read-only'))
    const folder = await temporaryFolder()
    await expect(files.open(join(folder, 'missing/a'), WRITE)).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(files.mkdir(folder)).rejects.toMatchObject({ code: 'EEXIST' })
  })
})
