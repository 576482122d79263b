import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { ExecOutput } from '../../src/tools/exec/exec-schema.ts'
import { createExecTool, type ExecToolOptions, type ShellAnalysis } from '../../src/tools/exec.ts'
import type { AnyTool } from '../../src/tools/toolbox.ts'
import { folderWith } from '../helpers/folders.ts'
import { describeSandboxed } from '../helpers/sandbox.ts'
import { type ToolboxTestOptions, toolboxOver } from '../helpers/toolbox-parts.ts'

const PLAIN: ShellAnalysis = { kind: 'plain', compound: false }

interface ExecTestOptions extends Omit<ToolboxTestOptions, 'tools'> {
  exec?: Partial<ExecToolOptions>
}

async function execOver({ exec = {}, ...options }: ExecTestOptions = {}) {
  const analyse = async () => PLAIN
  const applyPatch = async () => ({ ok: true as const, value: '' })
  const tool = createExecTool({ analyse, applyPatch, ...exec }) as AnyTool
  const parts = await toolboxOver({ tools: [tool], ...options })
  const run = (command: readonly string[], more = {}) => parts.call('exec', { command, ...more })
  const resultOf = async (command: readonly string[], more = {}) => {
    const outcome = await run(command, more)
    if (!outcome.ok) throw new Error(outcome.error.message)
    return outcome.result as unknown as ExecOutput
  }
  return { ...parts, run, resultOf }
}

describe('a command', () => {
  test('gives its streams and its exit code, which is no error', async () => {
    const { resultOf } = await execOver()
    expect(await resultOf(['sh', '-c', 'echo out; sleep 0.05; echo err >&2; exit 3'])).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      aggregatedOutput: 'out\nerr\n',
      timedOut: false,
      durationMs: expect.any(Number),
    })
  })

  test('shows a model its text form', async () => {
    const { run } = await execOver()
    expect(await run(['echo', 'hi'])).toMatchObject({
      text: expect.stringMatching(/^Exit code: 0\nWall time: [\d.]+ seconds\nOutput:\nhi\n$/),
    })
  })

  test('out of time has exit code 124 and says so', async () => {
    const { run } = await execOver()
    const outcome = await run(['sh', '-c', 'echo before; sleep 30'], { timeoutMs: 300 })
    expect(outcome).toMatchObject({
      ok: true,
      result: { exitCode: 124, timedOut: true, stdout: 'before\n' },
      text: expect.stringMatching(/^Exit code: 124\n.*\nOutput:\ncommand timed out after \d+ milliseconds\nbefore\n$/),
    })
  })

  test('killed by a signal has exit code 128 + n', async () => {
    const { resultOf } = await execOver()
    expect((await resultOf(['sh', '-c', 'kill -TERM $$'])).exitCode).toBe(143)
  })

  test('keeps text that is no UTF-8 readable, and a byte order mark', async () => {
    const { resultOf } = await execOver()
    expect((await resultOf(['printf', '\\357\\273\\277a\\377b'])).stdout).toBe('\ufeffa\ufffdb')
  })

  test('that floods says how much was left out', async () => {
    const { resultOf } = await execOver({ exec: { outputBytesMax: 1000 } })
    const { stdout, aggregatedOutput } = await resultOf(['head', '-c', '50000', '/dev/zero'])
    expect(stdout.length).toBe(1000)
    expect(aggregatedOutput).toContain(
      '[... 49000 bytes omitted: only the first 1000 bytes of each stream are kept ...]',
    )
  })

  test('runs where cwd says, also through a link inside', async () => {
    const { resultOf, folder } = await execOver({ files: { 'a/b/file': '' } })
    await symlink('a', join(folder, 'link'))
    expect((await resultOf(['pwd'], { cwd: 'a/b' })).stdout).toBe(`${folder}/a/b\n`)
    expect((await resultOf(['ls'], { cwd: 'link/b' })).stdout).toBe('file\n')
    expect((await resultOf(['pwd'], { cwd: '' })).stdout).toBe(`${folder}\n`)
  })

  test('can be called by another name', async () => {
    const { resultOf } = await execOver()
    expect((await resultOf(['sh', '-c', 'echo $0'], { arg0: 'other' })).stdout).toBe('other\n')
  })

  test('can be cancelled, which kills it', async () => {
    const { call } = await execOver()
    expect(await call('exec', { command: ['sleep', '30'] }, { signal: AbortSignal.timeout(100) })).toMatchObject({
      ok: false,
      error: { code: 'cancelled' },
    })
  })
})

describe('what cannot be run is told', () => {
  test.each([
    [{ command: [] }, 'invalid-arguments', 'command args are empty'],
    [{ command: ['./nope'] }, 'not-found', 'cannot run `./nope`: No such file or directory'],
    [{ command: ['./data'] }, 'failed', 'cannot run `./data`: Permission denied'],
    [{ command: ['true'], cwd: 'nowhere' }, 'not-found', 'nowhere`: No such file or directory'],
    [{ command: ['true'], cwd: 'data' }, 'failed', 'data`: Not a directory'],
    [{ command: ['true'], cwd: '..' }, 'outside-workspace', '`..` is outside the workspace'],
    [{ command: ['true'], cwd: 'out' }, 'outside-workspace', 'leads out of the workspace'],
    [{ command: ['true'], timeoutMs: -1 }, 'invalid-arguments', 'timeoutMs'],
    [{ command: 'ls' }, 'invalid-arguments', 'command: expected array, received string'],
    [{ cmd: ['ls'] }, 'invalid-arguments', 'command: expected array, received nothing'],
  ])('%j', async (args, code, message) => {
    const { call, folder } = await execOver({ files: { data: 'data' } })
    await symlink('/etc', join(folder, 'out'))
    expect(await call('exec', args)).toMatchObject({
      ok: false,
      error: { code, message: expect.stringContaining(message) },
    })
  })
})

describe('a patch in a command', () => {
  const patching = (analysis: ShellAnalysis) => ({
    analyse: async () => analysis,
    applyPatch: async ({ patch, cwd }: { patch: string; cwd: string }) => ({
      ok: true as const,
      value: `${patch} in ${cwd}`,
    }),
  })

  test('is applied instead of run, in the folder the command goes to', async () => {
    const { resultOf, folder } = await execOver({
      files: { 'sub/x': '' },
      exec: patching({ kind: 'patch', patch: 'P', cwd: 'deeper', compound: false }),
    })
    expect(await resultOf(['bash', '-lc', '…'], { cwd: 'sub' })).toMatchObject({
      exitCode: 0,
      stdout: `P in ${folder}/sub/deeper`,
      aggregatedOutput: `P in ${folder}/sub/deeper`,
    })
  })

  test('that is refused never runs', async () => {
    const { run } = await execOver({ exec: patching({ kind: 'refused', message: 'not like this', compound: false }) })
    expect(await run(['touch', 'x'])).toEqual({
      ok: false,
      error: { code: 'invalid-arguments', message: 'not like this' },
    })
  })

  test('that fails gives its error', async () => {
    const error = { code: 'failed' as const, message: 'apply_patch verification failed: x' }
    const { run } = await execOver({
      exec: {
        analyse: async () => ({ kind: 'patch', patch: 'P', compound: false }),
        applyPatch: async () => ({ ok: false, error }),
      },
    })
    expect(await run(['x'])).toEqual({ ok: false, error })
  })
})

test('a shell program is noted as compound', async () => {
  const { run, records } = await execOver({ exec: { analyse: async () => ({ kind: 'plain', compound: true }) } })
  await run(['true'])
  expect(records[0]?.facts).toEqual({ compound: true, osSandboxMs: 0 })
})

test('several commands run at once', async () => {
  const { resultOf, folder } = await execOver()
  const waiting = resultOf(['sh', '-c', 'while [ ! -e go ]; do sleep 0.01; done; echo went'])
  await sleep(50)
  await resultOf(['touch', 'go'])
  expect((await waiting).stdout).toBe('went\n')
  expect(folder).toBeTruthy()
})

describe('approval', () => {
  test.each([
    [['ls'], undefined],
    [['make'], 'unsafe-command'],
    [['rm', '-rf', 'x'], 'dangerous-command'],
  ])('%j under untrusted asks for %s', async (command, reason) => {
    const { run, asked } = await execOver({ policy: 'untrusted', answer: 'denied' })
    await run(command)
    expect(asked.map(request => request.need.reason)).toEqual(reason === undefined ? [] : [reason])
  })

  test('an escalation is asked for with its justification, also for a harmless command', async () => {
    const { run, asked } = await execOver({ policy: 'on-request' })
    await run(['ls'], { withEscalatedPermissions: true, justification: 'needs the network' })
    expect(asked[0]?.need).toEqual({ reason: 'escalation', detail: 'ls (needs the network)' })
  })
})

describeSandboxed('exec under bubblewrap', () => {
  test('works in /workspace and notes what the sandbox cost', async () => {
    const { resultOf, records } = await execOver({ mechanism: 'bubblewrap' })
    expect((await resultOf(['pwd'])).stdout).toBe('/workspace\n')
    expect(records[0]?.facts.osSandboxMs).toBe(5)
  })

  test('an escalated command runs outside, and its output keeps the paths of the agent', async () => {
    const { resultOf } = await execOver({ mechanism: 'bubblewrap', policy: 'on-request' })
    expect((await resultOf(['pwd'], { withEscalatedPermissions: true })).stdout).toBe('/workspace\n')
  })

  test.each([
    ['never', 'allowed', false],
    ['on-request', 'allowed', false],
    ['on-failure', 'allowed', true],
    ['on-failure', 'denied', false],
    ['untrusted', 'allowed', true],
  ] as const)('under %s, %s: what the sandbox refused is tried without it: %s', async (policy, answer, isRetried) => {
    const { resultOf, asked } = await execOver({ mechanism: 'bubblewrap', policy, answer })
    const elsewhere = await folderWith({})
    const result = resultOf(['sh', '-c', `touch ${elsewhere}/made || { echo Permission denied; exit 1; }`])
    if (policy === 'untrusted') expect((await result).exitCode).toBe(0)
    expect((await result).exitCode).toBe(isRetried ? 0 : 1)
    const questions = policy === 'never' || policy === 'on-request' ? 0 : 1
    expect(asked).toHaveLength(questions)
  })

  test('an ordinary failure is not retried', async () => {
    const { resultOf, asked } = await execOver({ mechanism: 'bubblewrap', policy: 'on-failure' })
    expect((await resultOf(['false'])).exitCode).toBe(1)
    expect(asked).toEqual([])
  })

  test('a workspace file with a link out does not get it out', async () => {
    const { resultOf, folder } = await execOver({ mechanism: 'bubblewrap' })
    const elsewhere = await folderWith({ secret: 'hidden' })
    await writeFile(join(folder, 'script.sh'), `ln -s ${elsewhere}/secret l; cat l`)
    expect((await resultOf(['sh', 'script.sh'])).aggregatedOutput).not.toContain('hidden')
  })
})
