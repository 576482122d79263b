import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isGoingOn } from '../../../src/viewer/library/is-going-on.ts'
import { temporaryFolder } from '../../helpers/folders.ts'

/** Above the highest number that Linux gives to a process. */
const NO_PROCESS = 2 ** 22 + 1
const HERE = hostname()

test.each([
  ['a process that exists', { pid: process.pid, host: HERE }, true],
  ['a process that has ended', { pid: NO_PROCESS, host: HERE }, false],
  ['a process of another machine', { pid: NO_PROCESS, host: `not-${HERE}` }, true],
  ['a group of processes', { pid: -1, host: HERE }, false],
  ['the group of this process', { pid: 0, host: HERE }, false],
  ['no number', { pid: '1', host: HERE }, false],
  ['nothing', null, false],
])('a lock held by %s', async (_what, lock, isAlive) => {
  const dir = await temporaryFolder()
  writeFileSync(join(dir, '.lock'), JSON.stringify(lock))
  expect(await isGoingOn(dir)).toBe(isAlive)
})

test('a lock that is damaged, and none at all', async () => {
  const dir = await temporaryFolder()
  expect(await isGoingOn(dir)).toBe(false)
  writeFileSync(join(dir, '.lock'), '{"pid":')
  expect(await isGoingOn(dir)).toBe(false)
})
