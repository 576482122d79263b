// Covers: os-sandbox/bubblewrap-arguments.ts, os-sandbox/byte-sink.ts, os-sandbox/end-processes.ts
// Covers: os-sandbox/process-table.ts, os-sandbox/run-process.ts

import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { launchProcess } from '../../src/os-sandbox/launch-process.ts'
import type { RawResult, RunLimits, SpawnPlan } from '../../src/os-sandbox/run-process.ts'

const ENV = { PATH: process.env.PATH ?? '' }
const LIMITS: RunLimits = { timeoutMs: 10_000, outputBytesMax: 1_000_000 }
const shell = (script: string): SpawnPlan => ({ file: '/bin/sh', args: ['-c', script], cwd: '/', env: ENV })
const text = (result: RawResult) => new TextDecoder().decode(result.stdout).trim()

/** Runs processes until one is started by another process than this one; gives that one's id. */
async function launcherPid(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const pid = Number(text(await launchProcess(shell('echo $PPID'), LIMITS)))
    if (pid !== process.pid) return pid
    await sleep(50)
  }
  throw new Error('no launcher took over')
}

/** A killed process can stay in the process table until its parent reaps it. */
async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State: X')
  return !/^State:\s+[XZ]/m.test(status)
}

test('after a few starts a small process of its own takes over, without the environment of this one', async () => {
  process.env.LAUNCHER_TEST_API_KEY = 'sk-not-for-the-launcher'
  const environment = await readFile(`/proc/${await launcherPid()}/environ`, 'utf8')
  expect(environment).not.toContain('sk-not-for-the-launcher')
})

test('output, exit codes, signals and failures arrive as without it', async () => {
  await launcherPid()
  const chunks: string[] = []
  const onOutput: RunLimits['onOutput'] = (stream, chunk) =>
    chunks.push(`${stream}: ${new TextDecoder().decode(chunk)}`)
  const spoken = await launchProcess(shell('echo one; echo two >&2; exit 7'), { ...LIMITS, onOutput })
  expect(spoken.end).toEqual({ kind: 'exited', exitCode: 7 })
  expect(chunks.sort()).toEqual(['stderr: two\n', 'stdout: one\n'])
  expect((await launchProcess(shell('kill -9 $$'), LIMITS)).end).toEqual({ kind: 'signalled', signal: 9 })
  expect((await launchProcess(shell('sleep 60'), { ...LIMITS, timeoutMs: 50 })).end).toEqual({ kind: 'timed-out' })
  const missing = await launchProcess({ ...shell(''), file: '/no/such/program' }, LIMITS)
  expect(missing.end).toMatchObject({ kind: 'spawn-failed', code: 'ENOENT' })
  const large = await launchProcess(shell('head -c 3000000 /dev/zero'), LIMITS)
  expect([large.stdout.length, large.bytesDropped]).toEqual([1_000_000, 2_000_000])
})

test('cancelling ends the process and what it started', async () => {
  await launcherPid()
  const controller = new AbortController()
  const running = launchProcess(shell('sleep 61 & echo $!; wait'), {
    ...LIMITS,
    signal: controller.signal,
    onOutput: () => controller.abort(),
  })
  const result = await running
  expect(result.end).toEqual({ kind: 'cancelled' })
  await expect.poll(() => isRunning(Number(text(result)))).toBe(false)
})

test('many in parallel all come back, each with its own output', async () => {
  await launcherPid()
  const results = await Promise.all(Array.from({ length: 40 }, (_, n) => launchProcess(shell(`echo ${n}`), LIMITS)))
  expect(results.map(text)).toEqual(Array.from({ length: 40 }, (_, n) => String(n)))
})

test('a launcher that is killed fails its calls, and another one takes over', async () => {
  const pid = await launcherPid()
  const started = Promise.withResolvers<void>()
  const running = launchProcess(shell('echo up; sleep 60'), { ...LIMITS, onOutput: () => started.resolve() })
  await started.promise
  process.kill(pid, 'SIGKILL')
  expect((await running).end).toMatchObject({ kind: 'spawn-failed', code: 'ELAUNCHER' })
  expect(await launcherPid()).not.toBe(pid)
})
