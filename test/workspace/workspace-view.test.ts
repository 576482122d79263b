// Covers: workspace/follow-links.ts, workspace/open-inside.ts, workspace/pin-inside.ts

import { constants, symlinkSync, unlinkSync } from 'node:fs'
import { mkdir, readdir, readFile, realpath, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWorkspaceView } from '../../src/workspace/workspace-view.ts'
import { folderWith, temporaryFolder } from '../helpers/folders.ts'

async function viewOf(files: Record<string, string> = {}) {
  const hostRoot = await folderWith(files)
  return { hostRoot, view: createWorkspaceView({ hostRoot, guestRoot: '/workspace' }) }
}

const READ = constants.O_RDONLY
const WRITE = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC

describe('resolve', () => {
  test.each([
    ['a/b.txt', 'a/b.txt'],
    ['/workspace/a/b.txt', 'a/b.txt'],
    ['./a/../a//b.txt', 'a/b.txt'],
    ['../workspace/a', 'a'],
    ['', ''],
    ['/workspace', ''],
    ['/workspace/', ''],
    ['~', '~'],
    ['not/there/yet', 'not/there/yet'],
  ])('%j lies inside', async (path, inside) => {
    const { view, hostRoot } = await viewOf({ 'a/b.txt': 'content' })
    expect(await view.resolve(path)).toEqual({ ok: true, value: join(hostRoot, inside) })
  })

  test.each(['..', '../x', 'a/../../x', '/', '/etc/passwd', '/workspace/../etc', '/workspaces', 'a\0b'])(
    '%j is refused',
    async path => {
      const { view, hostRoot } = await viewOf()
      const resolved = await view.resolve(path)
      expect(resolved).toMatchObject({ ok: false, error: { code: 'outside-workspace' } })
      expect(JSON.stringify(resolved)).not.toContain(hostRoot)
    },
  )

  test('a relative path counts from cwd', async () => {
    const { view, hostRoot } = await viewOf()
    expect(await view.resolve('../b', { cwd: '/workspace/a' })).toEqual({ ok: true, value: join(hostRoot, 'b') })
    expect(await view.resolve('b', { cwd: 'a' })).toEqual({ ok: true, value: join(hostRoot, 'a/b') })
    expect(await view.resolve('b', { cwd: '/etc' })).toMatchObject({ ok: false })
  })

  test.each([
    ['to a folder outside, as an ancestor', '/etc', 'link/passwd'],
    ['to a file outside', '/etc/passwd', 'link'],
    ['upwards', '../../etc', 'link/passwd'],
    ['upwards through a folder', 'a/../../..', 'link'],
    ['to where nothing is', '/nowhere/at/all', 'link'],
  ])('a symlink %s is refused', async (_, target, path) => {
    const { view, hostRoot } = await viewOf({ 'a/file': '' })
    await symlink(target, join(hostRoot, 'link'))
    expect(await view.resolve(path)).toMatchObject({
      ok: false,
      error: { code: 'outside-workspace', message: expect.stringContaining('/workspace/link') },
    })
  })

  test('a link to a link that leads out is refused', async () => {
    const { view, hostRoot } = await viewOf()
    await symlink('/etc', join(hostRoot, 'second'))
    await symlink('second', join(hostRoot, 'first'))
    expect(await view.resolve('first/passwd')).toMatchObject({ ok: false, error: { code: 'outside-workspace' } })
  })

  test('links inside are followed, also those that spell the path as the agent sees it', async () => {
    const { view, hostRoot } = await viewOf({ 'real/file': '' })
    await symlink('../real', join(hostRoot, 'real/up'))
    await symlink('/workspace/real', join(hostRoot, 'absolute'))
    expect(await view.resolve('real/up/file')).toEqual({ ok: true, value: join(hostRoot, 'real/file') })
    expect(await view.resolve('absolute/file')).toEqual({ ok: true, value: join(hostRoot, 'real/file') })
  })

  test("a link that spells this machine's path leads out, as it does for a confined process", async () => {
    const { view, hostRoot } = await viewOf({ file: '' })
    await symlink(join(hostRoot, 'file'), join(hostRoot, 'link'))
    expect(await view.resolve('link')).toMatchObject({ ok: false, error: { code: 'outside-workspace' } })
    const identity = createWorkspaceView({ hostRoot, guestRoot: hostRoot })
    expect(await identity.resolve('link')).toEqual({ ok: true, value: join(hostRoot, 'file') })
  })

  test('the last name is kept when asked to, the ones above it are not', async () => {
    const { view, hostRoot } = await viewOf({ 'real/file': '' })
    await symlink('/etc/passwd', join(hostRoot, 'real/out'))
    await symlink('real', join(hostRoot, 'linked'))
    const resolved = await view.resolve('linked/out', { keepLastLink: true })
    expect(resolved).toEqual({ ok: true, value: join(hostRoot, 'real/out') })
    await symlink('/etc', join(hostRoot, 'etc'))
    expect(await view.resolve('etc/passwd', { keepLastLink: true })).toMatchObject({ ok: false })
  })

  test('a loop of links ends', async () => {
    const { view, hostRoot } = await viewOf()
    await symlink('b', join(hostRoot, 'a'))
    await symlink('a', join(hostRoot, 'b'))
    expect(await view.resolve('a')).toMatchObject({ ok: false, error: { code: 'failed' } })
  })

  test('whatever is asked for, the answer lies inside or is a refusal', async () => {
    const { view, hostRoot } = await viewOf({ 'a/b/c': '' })
    await symlink('/', join(hostRoot, 'a/root'))
    await symlink('..', join(hostRoot, 'a/up'))
    await symlink('../../..', join(hostRoot, 'a/b/far'))
    const name = fc.constantFrom('a', 'b', 'c', 'root', 'up', 'far', '..', '.', '', 'workspace', 'etc', 'passwd', '~')
    const paths = fc.tuple(fc.constantFrom('', '/', '/workspace/', '//'), fc.array(name, { maxLength: 8 }))
    await fc.assert(
      fc.asyncProperty(paths, async ([start, names]) => {
        const resolved = await view.resolve(start + names.join('/'))
        if (!resolved.ok) return
        const real = await realpath(resolved.value).catch(() => resolved.value)
        expect(real === hostRoot || real.startsWith(`${hostRoot}/`)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('open', () => {
  test('reads and writes what lies inside', async () => {
    const { view, hostRoot } = await viewOf({ 'a/file': 'content' })
    const opened = await view.open(join(hostRoot, 'a/file'), READ)
    if (!opened.ok) throw new Error(opened.error.message)
    expect(await opened.value.readFile('utf8')).toBe('content')
    await opened.value.close()
    const made = await view.open(join(hostRoot, 'a/new'), WRITE)
    if (!made.ok) throw new Error(made.error.message)
    await made.value.writeFile('new')
    await made.value.close()
    expect(await readFile(join(hostRoot, 'a/new'), 'utf8')).toBe('new')
  })

  test('a folder swapped for a link after the check is not followed, and nothing outside is truncated', async () => {
    const outside = await folderWith({ file: 'precious' })
    const { view, hostRoot } = await viewOf({ 'a/file': 'content' })
    const resolved = await view.resolve('a/file')
    if (!resolved.ok) throw new Error(resolved.error.message)
    await rename(join(hostRoot, 'a'), join(hostRoot, 'moved'))
    await symlink(outside, join(hostRoot, 'a'))
    expect(await view.open(resolved.value, WRITE)).toMatchObject({ ok: false, error: { code: 'outside-workspace' } })
    expect(await readFile(join(outside, 'file'), 'utf8')).toBe('precious')
  })

  test('a file swapped for a link after the check is not followed', async () => {
    const outside = await folderWith({ file: 'precious' })
    const { view, hostRoot } = await viewOf()
    await symlink(join(outside, 'file'), join(hostRoot, 'file'))
    for (const flags of [READ, WRITE]) {
      expect(await view.open(join(hostRoot, 'file'), flags)).toMatchObject({
        ok: false,
        error: { code: 'outside-workspace' },
      })
    }
    expect(await readFile(join(outside, 'file'), 'utf8')).toBe('precious')
  })

  test('a race between the check and the use is never won', async () => {
    const outside = await folderWith({ file: 'outside' })
    const { view, hostRoot } = await viewOf({ 'real/file': 'inside' })
    const link = join(hostRoot, 'swapped')
    let isOver = false
    const swapping = (async () => {
      for (let round = 0; !isOver; round++) {
        symlinkSync(round % 2 === 0 ? outside : 'real', link)
        await new Promise(resolve => setImmediate(resolve))
        unlinkSync(link)
      }
    })()
    const seen = new Set<string>()
    for (let round = 0; round < 400; round++) {
      const resolved = await view.resolve('swapped/file')
      const opened = resolved.ok ? await view.open(resolved.value, READ) : resolved
      if (!opened.ok) continue
      seen.add(await opened.value.readFile('utf8'))
      await opened.value.close()
    }
    isOver = true
    await swapping
    expect(seen).not.toContain('outside')
  })

  test('a missing file is a value without a path of this machine', async () => {
    const { view, hostRoot } = await viewOf()
    const opened = await view.open(join(hostRoot, 'missing'), READ)
    expect(opened).toEqual({
      ok: false,
      error: { code: 'not-found', message: '`/workspace/missing`: No such file or directory' },
    })
  })
})

test('a pinned path changes the folder that was checked, whatever its name leads to by now', async () => {
  const outside = await folderWith({ file: 'precious' })
  const { view, hostRoot } = await viewOf({ 'a/file': 'content' })
  const pinned = await view.pin(join(hostRoot, 'a/file'))
  if (!pinned.ok) throw new Error(pinned.error.message)
  await rename(join(hostRoot, 'a'), join(hostRoot, 'moved'))
  await symlink(outside, join(hostRoot, 'a'))
  if (process.platform === 'linux') unlinkSync(pinned.value.path)
  await pinned.value[Symbol.asyncDispose]()
  expect(await readFile(join(outside, 'file'), 'utf8')).toBe('precious')
  if (process.platform === 'linux') expect(await readdir(join(hostRoot, 'moved'))).toEqual([])
})

describe('names for the agent', () => {
  test('a path of this machine becomes the path the agent knows', async () => {
    const { view, hostRoot } = await viewOf()
    expect(view.toGuest(hostRoot)).toBe('/workspace')
    expect(view.toGuest(join(hostRoot, 'a/b'))).toBe('/workspace/a/b')
  })

  test('texts lose the paths of this machine, whole names only', async () => {
    const { view, hostRoot } = await viewOf()
    expect(view.scrub(`open '${hostRoot}/a' and ${hostRoot}; not ${hostRoot}b`)).toBe(
      `open '/workspace/a' and /workspace; not ${hostRoot}b`,
    )
  })

  test('also when the folder was named through a link', async () => {
    const parent = await temporaryFolder()
    await mkdir(join(parent, 'real'))
    await symlink('real', join(parent, 'linked'))
    await writeFile(join(parent, 'real/file'), '')
    const view = createWorkspaceView({ hostRoot: join(parent, 'linked'), guestRoot: '/workspace' })
    expect(view.hostRoot).toBe(join(parent, 'real'))
    expect(view.scrub(`${parent}/linked/file ${parent}/real/file`)).toBe('/workspace/file /workspace/file')
  })
})

test('a workspace that does not exist is a mistake of the user', () => {
  expect(() => createWorkspaceView({ hostRoot: '/no/such/folder', guestRoot: '/workspace' })).toThrow('/no/such/folder')
})
