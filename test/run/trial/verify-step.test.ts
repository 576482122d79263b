import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Task } from '../../../src/contracts/task.ts'
import { detectBubblewrap } from '../../../src/os-sandbox/detect-bubblewrap.ts'
import { verifyStep } from '../../../src/run/trial/verify-step.ts'
import { folderWith, temporaryFolder } from '../../helpers/folders.ts'
import { describeSandboxed } from '../../helpers/sandbox.ts'

const found = await detectBubblewrap()

interface Setting {
  test: string
  left?: Record<string, string>
  start?: Record<string, string>
  protect?: string[]
  timeoutMs?: number
  signal?: AbortSignal
}

async function verify({ test, left = { 'a.txt': 'x' }, start = {}, protect = [], ...options }: Setting) {
  const testsDir = await folderWith({ 'test.sh': test })
  const leftBehind = await folderWith(left)
  const step = { name: 'main', instruction: '', testsDirs: [testsDir], solution: [] }
  const workspaceDir = await folderWith(start)
  const task = {
    steps: [step],
    protect,
    workspaceDir,
    verifierTimeoutMs: options.timeoutMs ?? 10_000,
  } as unknown as Task
  const verification = await verifyStep({
    task,
    step,
    leftBehind,
    scratch: await temporaryFolder(),
    sandbox: {
      requested: 'auto',
      mechanism: found.kind === 'works' ? 'bubblewrap' : 'none',
      policy: 'read-only',
      spawnOverheadMs: 0,
    },
    signal: options.signal ?? new AbortController().signal,
  })
  return { verification, leftBehind, testsDir }
}

const REWARD = 'cat > "$LOGS_DIR/verifier/reward.json" <<< '

test('the test runs in a copy of the workspace; its exit code does not count, its reward does', async () => {
  const { leftBehind, verification } = await verify({
    test: `grep -q x a.txt && ${REWARD}'{"ok": 1}'; rm a.txt; exit 3`,
  })
  expect(verification).toMatchObject({ clauses: { ok: 1 }, tampered: [] })
  expect(await readdir(leftBehind)).toEqual(['a.txt'])
})

test('a test without a reward, a hanging one and a missing one have no clauses, and say why', async () => {
  const silent = await verify({ test: 'echo said; exit 7' })
  expect(silent.verification).toMatchObject({ problem: expect.stringContaining('exited with 7'), outputTail: 'said\n' })
  const hanging = await verify({ test: `${REWARD}'{"ok": 1}'; sleep 60`, timeoutMs: 300 })
  expect(hanging.verification).toMatchObject({ problem: 'the verifier timed out' })
  expect(hanging.verification.clauses).toBeUndefined()
})

test('a test that deletes the hidden tests deletes a copy', async () => {
  const { testsDir } = await verify({ test: 'rm -rf "$TESTS_DIR"/*' })
  expect(await readFile(join(testsDir, 'test.sh'), 'utf8')).toContain('rm -rf')
})

test('protected files are put back before the check, and the change is told', async () => {
  const { verification } = await verify({
    test: `[ "$(cat check.txt)" = true ] && [ ! -e other.check ] && ${REWARD}'{"ok": 1}'`,
    start: { 'check.txt': 'true' },
    left: { 'check.txt': 'false', 'other.check': '' },
    protect: ['check.txt', '*.check'],
  })
  expect(verification).toMatchObject({ clauses: { ok: 1 }, tampered: ['check.txt', 'other.check'] })
})

test('an interrupted check is not a verdict', async () => {
  const { verification } = await verify({ test: 'sleep 60', signal: AbortSignal.timeout(200) })
  expect(verification).toMatchObject({ problem: 'the verifier was cancelled' })
})

describeSandboxed('confined', () => {
  test('a check sees neither the host nor the network, and leaves no process', async () => {
    const { verification } = await verify({
      test: `(setsid sleep 30 &) ; cat ${import.meta.filename} 2>/dev/null; ls /solution 2>/dev/null; (echo > /dev/tcp/127.0.0.1/9) 2>/dev/null && echo online; ${REWARD}'{"ok": 1}'`,
    })
    expect(verification).toMatchObject({ clauses: { ok: 1 }, outputTail: '' })
    expect(verification.durationMs).toBeLessThan(10_000)
  })
})
