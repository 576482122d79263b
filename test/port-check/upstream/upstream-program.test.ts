import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  installUpstream,
  UpstreamUnavailable,
  upstreamCacheDir,
  upstreamVersion,
} from '../../../src/port-check/upstream/upstream-program.ts'
import { cacheWith, fakeUpstream } from './fake-upstream.ts'

/** An `npm` first on PATH with the given body. */
async function withNpm(body: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scriptbench-test-'))
  const path = process.env.PATH
  onTestFinished(async () => {
    process.env.PATH = path
    await rm(folder, { recursive: true, force: true })
  })
  await writeFile(join(folder, 'npm'), `#!/bin/sh\n${body}\n`)
  await chmod(join(folder, 'npm'), 0o755)
  process.env.PATH = `${folder}${delimiter}${path}`
  return folder
}

describe('a release', () => {
  test('is named as npm names it, or by its version', () => {
    expect(upstreamVersion('@openai/codex@0.169.0')).toBe('0.169.0')
    expect(upstreamVersion('0.55.0')).toBe('0.55.0')
    for (const wrong of ['codex', '@openai/codex', '@openai/codex@latest', '@evil/codex@1.0.0', '0.55.0/../..']) {
      expect(() => upstreamVersion(wrong)).toThrow(/expected a release such as/)
    }
  })

  test('that is in the cache is not fetched again', async () => {
    await withNpm('exit 1')
    const program = await fakeUpstream('0.55.0')
    expect(program).toMatchObject({ spec: '@openai/codex@0.55.0', version: '0.55.0' })
    expect(program.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('is installed without its scripts, as a whole', async () => {
    const npm = await withNpm('printf \'%s\\n\' "$@" > "$(dirname "$0")/args"; cp -r "$(dirname "$0")/9.9.9/." .')
    await cacheWith('9.9.9', { cacheDir: npm })
    const cacheDir = join(npm, 'cache')
    const program = await installUpstream('9.9.9', { cacheDir })
    expect(program.file.startsWith(join(cacheDir, '9.9.9'))).toBe(true)
    expect(await readdir(npm)).toContain('args')
    expect((await readdir(cacheDir)).sort()).toEqual(['9.9.9', 'homes'])
  })

  test('that cannot be had is told with npm’s reason, and leaves nothing', async () => {
    const npm = await withNpm('echo "npm error code E404\nnpm error 404 Not Found" >&2; exit 1')
    const install = installUpstream('9.9.9', { cacheDir: join(npm, 'cache') })
    await expect(install).rejects.toThrow(UpstreamUnavailable)
    await expect(install).rejects.toThrow('@openai/codex@9.9.9 cannot be installed: 404 Not Found')
    expect(await readdir(join(npm, 'cache'))).toEqual([])
  })

  test('without a program for this platform is told', async () => {
    const npm = await withNpm('exit 0')
    await expect(installUpstream('9.9.9', { cacheDir: join(npm, 'cache') })).rejects.toThrow(/has no program for/)
  })
})

test('the cache lies where the system wants caches', () => {
  expect(upstreamCacheDir({ XDG_CACHE_HOME: '/c' })).toBe('/c/scriptbench/upstream')
  expect(upstreamCacheDir({})).toMatch(/\.cache\/scriptbench\/upstream$/)
})
