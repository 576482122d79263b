// Covers: tools/find-ripgrep.ts, tools/grep-files/path-filter.ts, tools/grep-files/run-ripgrep.ts

import { execFileSync } from 'node:child_process'
import { chmod, mkdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createGrepFilesTool, type GrepFilesOptions } from '../../../src/tools/grep-files/grep-files.ts'
import type { AnyTool } from '../../../src/tools/toolbox/toolbox.ts'
import { folderWith } from '../../helpers/folders.ts'
import { toolboxOver } from '../../helpers/toolbox-parts.ts'

async function grepOver(files: Record<string, string>, options: GrepFilesOptions = {}, folder?: string) {
  // The view of a sandbox, although nothing is spawned in one.
  const tools = [createGrepFilesTool(options) as AnyTool]
  const parts = await toolboxOver({ tools, files, mechanism: 'bubblewrap', ...(folder && { folder }) })
  const paths = async (args: object) => {
    const outcome = await parts.call('grepFiles', args)
    if (!outcome.ok) throw new Error(outcome.error.message)
    return (outcome.result as { paths: string[] }).paths
  }
  return { ...parts, paths }
}

describe('grepFiles', () => {
  test('gives the paths as the agent knows them, newest first, those of one time by name', async () => {
    const { paths, folder } = await grepOver({
      'a.txt': 'needle',
      'sub/b.txt': 'needle',
      'c.txt': 'needle',
      'd.txt': '',
    })
    for (const [name, time] of Object.entries({ 'a.txt': 100, 'sub/b.txt': 200, 'c.txt': 100 })) {
      await utimes(join(folder, name), time, time)
    }
    expect(await paths({ pattern: 'needle' })).toEqual(['/workspace/sub/b.txt', '/workspace/a.txt', '/workspace/c.txt'])
  })

  test('its text is a path a line, or that nothing matched', async () => {
    const { call } = await grepOver({ a: 'needle' })
    expect(await call('grepFiles', { pattern: 'needle' })).toMatchObject({ ok: true, text: '/workspace/a' })
    expect(await call('grepFiles', { pattern: 'nothing' })).toMatchObject({
      ok: true,
      result: { paths: [] },
      text: 'No matches found.',
    })
  })

  test('narrows by path, by glob and by limit', async () => {
    const { paths } = await grepOver({ 'a.ts': 'needle', 'a.js': 'needle', 'sub/b.ts': 'needle' })
    expect(await paths({ pattern: 'needle', path: 'sub' })).toEqual(['/workspace/sub/b.ts'])
    expect(await paths({ pattern: 'needle', path: '/workspace/a.js' })).toEqual(['/workspace/a.js'])
    expect((await paths({ pattern: 'needle', include: '*.ts' })).sort()).toEqual([
      '/workspace/a.ts',
      '/workspace/sub/b.ts',
    ])
    expect(await paths({ pattern: 'needle', limit: 1 })).toHaveLength(1)
  })

  test('takes a pattern that looks like an option as a pattern', async () => {
    const { paths } = await grepOver({ a: '--files', b: '--pre=sh' })
    expect(await paths({ pattern: '--files' })).toEqual(['/workspace/a'])
    expect(await paths({ pattern: '--pre=sh', include: '--pre=sh' })).toEqual([])
  })

  test('skips hidden and ignored files unless they are named', async () => {
    const { paths } = await grepOver({
      '.ignore': 'skip\n',
      'skip/a': 'needle',
      '.hidden': 'needle',
      'b.log': 'needle',
    })
    expect(await paths({ pattern: 'needle' })).toEqual(['/workspace/b.log'])
    expect(await paths({ pattern: 'needle', path: 'skip' })).toEqual(['/workspace/skip/a'])
    expect(await paths({ pattern: 'needle', path: '.hidden' })).toEqual(['/workspace/.hidden'])
  })

  test('obeys the ignore files between the root and the searched folder', async () => {
    const { paths } = await grepOver({
      '.git/HEAD': '',
      '.gitignore': '*.log\n/sub/out\n/deep\n',
      'sub/a.log': 'needle',
      'sub/out/b': 'needle',
      'sub/deep/c': 'needle',
      'sub/.gitignore': '*.tmp\n',
      'sub/d.tmp': 'needle',
    })
    expect(await paths({ pattern: 'needle', path: 'sub' })).toEqual(['/workspace/sub/deep/c'])
  })

  test('does not obey ignore files above the workspace', async () => {
    const outer = await folderWith({
      '.ignore': '*\n',
      '.git/HEAD': '',
      '.gitignore': '*\n',
      'inner/sub/file': 'needle',
    })
    const { paths } = await grepOver({}, {}, join(outer, 'inner'))
    expect(await paths({ pattern: 'needle' })).toEqual(['/workspace/sub/file'])
    expect(await paths({ pattern: 'needle', path: 'sub' })).toEqual(['/workspace/sub/file'])
  })

  test.each([
    [{ pattern: '  ' }, 'invalid-arguments', 'pattern must not be empty'],
    [{ pattern: 'x', limit: 0 }, 'invalid-arguments', 'limit must be greater than zero'],
    [{ pattern: 'a\0b' }, 'invalid-arguments', 'NUL'],
    [{ pattern: 'x'.repeat(200_000) }, 'invalid-arguments', 'longer than 65536 bytes'],
    [{ pattern: '(' }, 'failed', 'rg failed: rg: regex parse error'],
    [{ pattern: 'x', include: '{' }, 'failed', 'rg failed: '],
    [
      { pattern: 'x', path: 'nope' },
      'not-found',
      'unable to access `/workspace/nope`: No such file or directory (os error 2)',
    ],
    [{ pattern: 'x', path: '..' }, 'outside-workspace', 'outside the workspace'],
    [{ pattern: 'x', path: '/etc' }, 'outside-workspace', 'outside the workspace'],
    [{ pattern: 'x', path: 'link' }, 'outside-workspace', 'leads out of the workspace'],
    [{ pattern: 'x', path: 'pipe' }, 'failed', 'neither a file nor a folder'],
  ])('%j is refused', async (args, code, message) => {
    const { call, folder } = await grepOver({})
    await symlink('/etc', join(folder, 'link'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const outcome = await call('grepFiles', args)
    expect(outcome).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(message) } })
    expect(JSON.stringify(outcome)).not.toContain(folder)
  })

  test('follows no link out of the workspace, nor into it', async () => {
    const outside = await folderWith({ secret: 'needle' })
    const { paths, folder } = await grepOver({ 'real/file': 'needle' })
    await symlink(outside, join(folder, 'out'))
    await symlink(join(outside, 'secret'), join(folder, 'file-out'))
    await symlink('real', join(folder, 'in'))
    expect(await paths({ pattern: 'needle' })).toEqual(['/workspace/real/file'])
    expect(await paths({ pattern: 'needle', path: 'in' })).toEqual(['/workspace/in/file'])
  })

  test('does not read a configuration of the user', async () => {
    const config = join(await folderWith({ ripgreprc: '--hidden\n' }), 'ripgreprc')
    process.env.RIPGREP_CONFIG_PATH = config
    try {
      const { paths } = await grepOver({ '.hidden': 'needle' })
      expect(await paths({ pattern: 'needle' })).toEqual([])
    } finally {
      delete process.env.RIPGREP_CONFIG_PATH
    }
  })

  test('copes with names of every kind', async () => {
    const { paths, folder } = await grepOver({ 'with blank': 'needle', 'é\nline': 'needle', '-rf': 'needle' })
    await mkdir(join(folder, 'locked'))
    await chmod(join(folder, 'locked'), 0o000)
    await writeFile(Buffer.concat([Buffer.from(join(folder, 'bad')), Buffer.from([0xff])]), 'needle')
    expect((await paths({ pattern: 'needle' })).sort()).toEqual([
      '/workspace/-rf',
      '/workspace/with blank',
      '/workspace/é\nline',
    ])
    await chmod(join(folder, 'locked'), 0o700)
  })

  test('says what to do without ripgrep', async () => {
    const { call } = await grepOver({}, { findProgram: async () => undefined })
    expect(await call('grepFiles', { pattern: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'unavailable', message: expect.stringContaining('Ensure ripgrep is installed and on PATH.') },
    })
  })

  test('ends a search that takes too long, and one that is cancelled', async () => {
    const slow = join(await folderWith({ slow: '#!/bin/sh\nexec sleep 30\n' }), 'slow')
    await chmod(slow, 0o755)
    const findProgram = async () => slow
    const timed = await grepOver({}, { findProgram, timeoutMs: 200 })
    expect(await timed.call('grepFiles', { pattern: 'x' })).toMatchObject({ ok: false, error: { code: 'timed-out' } })
    const cancelled = await grepOver({}, { findProgram })
    const signal = AbortSignal.timeout(100)
    expect(await cancelled.call('grepFiles', { pattern: 'x' }, { signal })).toMatchObject({
      error: { code: 'cancelled' },
    })
  })
})
