import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { isProcessAlive } from '../../../src/run/suite/is-process-alive.ts'

test('this process and the first one are alive, one that has ended is not', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  expect([process.pid, 1, pid].map(isProcessAlive)).toEqual([true, true, false])
})
