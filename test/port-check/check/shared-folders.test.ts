import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSharedFolders } from '../../../src/port-check/check/shared-folders.ts'

test('a folder serves the next case only if nothing in it has changed, links in circles included', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'scriptbench-test-'))
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }))
  const shared = createSharedFolders()
  let written = 0
  const runCase = async (name: string, work: (cwd: string) => void) => {
    const { folder, prepare, release } = shared.borrow('tree', join(scratch, name))
    await prepare(async () => {
      written++
      folder.write({ 'a/b.txt': { f: 'x' }, 'a/loop': { l: '..' } })
    })
    work(folder.cwd)
    release()
  }
  await runCase('1', () => undefined)
  await runCase('2', cwd => writeFileSync(join(cwd, 'a/b.txt'), 'y'))
  expect(written).toBe(1)
  await runCase('3', () => undefined)
  expect(written).toBe(2)
})
