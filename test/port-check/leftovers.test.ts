import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { ownFolder } from '../../src/port-check/leftovers.ts'

const MODULE = join(import.meta.dirname, '..', '..', 'src', 'port-check', 'leftovers.ts')

async function folder(): Promise<string> {
  const path = await mkdtemp(join(await realpath(tmpdir()), 'scriptbench-test-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

test('a folder is gone with its owner', async () => {
  const path = await folder()
  {
    await using owned = ownFolder(path)
    expect(existsSync(owned.path)).toBe(true)
  }
  expect(existsSync(path)).toBe(false)
})

test('a process that ends in the middle takes its folders and children along', async () => {
  const path = await folder()
  const script = `
    import { spawn } from 'node:child_process'
    import { ownChild, ownFolder } from ${JSON.stringify(MODULE)}
    ownFolder(${JSON.stringify(path)})
    ownChild(spawn('sleep', ['600'], { detached: true, stdio: ['ignore', 'inherit', 'ignore'] }))
    process.exit(130)`
  // It ends when nobody holds its output open any more.
  const ended = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script]).catch(
    error => error as { code: number },
  )
  expect(ended).toMatchObject({ code: 130 })
  expect(existsSync(path)).toBe(false)
})
