import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { earlierManifest, keepEarlierAttempt, makeRunFolder } from '../../../src/run/suite/run-folder.ts'
import { folderWith, temporaryFolder } from '../../helpers/folders.ts'

test('makes a folder with its parents, and is content with one that is there', async () => {
  const folder = join(await temporaryFolder(), 'a', 'b', 'c')
  await makeRunFolder(folder)
  await makeRunFolder(folder)
  expect(await readdir(folder)).toEqual([])
})

test('a file in the way, a file as a parent, nothing at all, and a place that takes no folder are named', async () => {
  const folder = await folderWith({ file: '' })
  for (const out of [join(folder, 'file'), join(folder, 'file', 'run'), '', '/proc/nothing/run']) {
    await expect(makeRunFolder(out)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('--out') })
  }
})

test('a folder without a manifest is new; a damaged manifest is not written over', async () => {
  expect(await earlierManifest(await temporaryFolder(), 'suite')).toBeUndefined()
  const damaged = await folderWith({ 'manifest.json': '{' })
  await expect(earlierManifest(damaged, 'suite')).rejects.toMatchObject({ code: 'run-invalid' })
  expect(await readFile(join(damaged, 'manifest.json'), 'utf8')).toBe('{')
})

test('the log of each earlier attempt stays beside the new one', async () => {
  const folder = await folderWith({ 'trials/t1/events.jsonl': 'first', 'trials/t1/earlier-1.jsonl': 'zeroth' })
  await keepEarlierAttempt(folder, 't1')
  await keepEarlierAttempt(folder, 't2')
  expect((await readdir(join(folder, 'trials', 't1'))).sort()).toEqual(['earlier-1.jsonl', 'earlier-2.jsonl'])
})
