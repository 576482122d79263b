import { readdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockRun } from '../../../src/run/suite/run-lock.ts'
import { temporaryFolder } from '../../helpers/folders.ts'

const lockOf = (pid: number, host = hostname()) => JSON.stringify({ pid, host, startedAt: 'noon' })

async function folderLockedBy(content: string): Promise<string> {
  const folder = await temporaryFolder()
  await writeFile(join(folder, '.lock'), content)
  return folder
}

test('holds a folder until it is released, and leaves nothing behind', async () => {
  const folder = await temporaryFolder()
  const lock = await lockRun(folder)
  await expect(lockRun(folder)).rejects.toThrow(`process ${process.pid}`)
  await lock.release()
  expect(await readdir(folder)).toEqual([])
  await (await lockRun(folder)).release()
})

test('of many that come at once, one gets it', async () => {
  const folder = await temporaryFolder()
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockRun(folder)))
  expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
})

test.each([
  ['of a process that is gone', lockOf(4_194_304)],
  ['of an earlier process with our own id, as in a container that was started again', lockOf(process.pid)],
  ['that is damaged', '{"pid": 1'],
  ['that is empty', ''],
])('takes over a lock %s', async (_, content) => {
  const folder = await folderLockedBy(content)
  await lockRun(folder)
  expect(JSON.parse(await readFile(join(folder, '.lock'), 'utf8'))).toMatchObject({ pid: process.pid })
  expect(await readdir(folder)).toEqual(['.lock'])
})

test.each([
  ['a living process', lockOf(1)],
  ['a process of another machine', lockOf(4_194_304, 'elsewhere.example')],
])('never takes a lock from %s', async (_, content) => {
  const folder = await folderLockedBy(content)
  await expect(lockRun(folder)).rejects.toMatchObject({ code: 'run-locked' })
  expect(await readFile(join(folder, '.lock'), 'utf8')).toBe(content)
})
