// Covers: tools/exec/, tools/os-error-text.ts, tools/output-trace.ts

import { chmod, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createExecTool, type ExecToolOptions, type ShellAnalysis } from '../../../src/tools/exec/exec.ts'
import type { ExecPatch } from '../../../src/tools/exec/exec-approval.ts'
import type { ExecOutput } from '../../../src/tools/exec/exec-schema.ts'
import type { AnyTool } from '../../../src/tools/toolbox/toolbox.ts'
import { folderWith } from '../../helpers/folders.ts'
import { describeSandboxed } from '../../helpers/sandbox.ts'
import { type ToolboxTestOptions, toolboxOver } from '../../helpers/toolbox-parts.ts'

const PLAIN: ShellAnalysis = { kind: 'plain', compound: false }

/** A patch that prints a text, or fails with one. */
function patchThat(prints: string, { isAllowed = true, fails = false } = {}): ExecPatch {
  const error = { code: 'failed' as const, message: prints }
  return { isAllowed, apply: async () => (fails ? { ok: false, error } : { ok: true, value: prints }) }
}

interface ExecTestOptions extends Omit<ToolboxTestOptions, 'tools'> {
  exec?: Partial<ExecToolOptions>
}

async function execOver({ exec = {}, ...options }: ExecTestOptions = {}) {
  const analyse = async () => PLAIN
  const verifyPatch = async () => ({ ok: true as const, value: patchThat('') })
  const tool = createExecTool({ analyse, verifyPatch, ...exec }) as AnyTool
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
  test('gives its streams and its exit code, which is not an error', async () => {
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

  test('keeps text that is not UTF-8 readable, and a byte order mark', async () => {
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

describe('what cannot be run is reported', () => {
  test.each([
    [{ command: [] }, 'invalid-arguments', 'command args are empty'],
    [{ command: ['./nope'] }, 'not-found', 'cannot run `./nope`: No such file or directory'],
    [{ command: [''] }, 'not-found', 'No such file or directory'],
    [{ command: ['./text'] }, 'failed', 'cannot run `./text`: Exec format error'],
    [{ command: ['./half'] }, 'failed', 'cannot run `./half`: Exec format error'],
    [{ command: ['./data'] }, 'failed', 'cannot run `./data`: Permission denied'],
    [{ command: ['./data/x'] }, 'failed', 'cannot run `./data/x`: Not a directory'],
    [{ command: ['true'], cwd: 'nowhere' }, 'not-found', 'nowhere`: No such file or directory'],
    [{ command: ['true'], cwd: 'data' }, 'failed', 'data`: Not a directory'],
    [{ command: ['true'], cwd: 'data/x' }, 'failed', 'data/x`: Not a directory'],
    [{ command: ['true'], cwd: '..' }, 'outside-workspace', '`..` is outside the workspace'],
    [{ command: ['true'], cwd: 'out' }, 'outside-workspace', 'leads out of the workspace'],
    [{ command: ['true'], timeoutMs: -1 }, 'invalid-arguments', 'timeoutMs'],
    [{ command: 'ls' }, 'invalid-arguments', 'command: expected array, received string'],
    [{ cmd: ['ls'] }, 'invalid-arguments', 'command: expected array, received nothing'],
  ])('%j', async (args, code, message) => {
    const { call, folder } = await execOver({
      files: { data: 'data', text: 'echo no interpreter is named', half: '\x7fELF cut off' },
    })
    for (const name of ['text', 'half']) await chmod(join(folder, name), 0o755)
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
    verifyPatch: async ({ patch, cwd }: { patch: string; cwd: string }) => ({
      ok: true as const,
      value: patchThat(`${patch} in ${cwd}`),
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

  test('that cannot work gives its error', async () => {
    const error = { code: 'failed' as const, message: 'apply_patch verification failed: x' }
    const { run } = await execOver({
      exec: {
        analyse: async () => ({ kind: 'patch', patch: 'P', compound: false }),
        verifyPatch: async () => ({ ok: false, error }),
      },
    })
    expect(await run(['x'])).toEqual({ ok: false, error })
  })

  test('that fails while it is applied ends as the patch program does', async () => {
    const { resultOf } = await execOver({
      exec: {
        analyse: async () => ({ kind: 'patch', patch: 'P', compound: false }),
        verifyPatch: async () => ({ ok: true, value: patchThat('Failed to write file a', { fails: true }) }),
      },
    })
    expect(await resultOf(['x'])).toMatchObject({ exitCode: 1, stdout: '', stderr: 'Failed to write file a\n' })
  })

  test.each([
    ['untrusted', true, 'write'],
    ['untrusted', false, 'outside-write'],
    ['on-request', true, undefined],
    ['on-request', false, 'outside-write'],
    ['on-failure', false, undefined],
    ['never', true, undefined],
  ] as const)('under %s, allowed by the sandbox: %s: asks for %s', async (policy, isAllowed, reason) => {
    const { run, asked } = await execOver({
      policy,
      exec: {
        analyse: async () => ({ kind: 'patch', patch: 'P', compound: false }),
        verifyPatch: async () => ({ ok: true, value: patchThat('done', { isAllowed }) }),
      },
    })
    expect(await run(['x'])).toMatchObject({ ok: true, result: { stdout: 'done' } })
    expect(asked.map(({ need }) => [need.reason, need.isPatch])).toEqual(reason === undefined ? [] : [[reason, true]])
  })

  test('that writes outside is refused where no one is asked', async () => {
    const { run } = await execOver({
      policy: 'never',
      exec: {
        analyse: async () => ({ kind: 'patch', patch: 'P', compound: false }),
        verifyPatch: async () => ({ ok: true, value: patchThat('done', { isAllowed: false }) }),
      },
    })
    const message = 'patch rejected: writing outside of the project; rejected by user approval settings'
    expect(await run(['x'])).toEqual({ ok: false, error: { code: 'denied', message } })
  })
})

test('a shell program is noted as compound', async () => {
  const { run, records } = await execOver({ exec: { analyse: async () => ({ kind: 'plain', compound: true }) } })
  await run(['true'])
  expect(records[0]?.facts).toEqual({ compound: true, osSandboxMs: 0 })
})

describe('while it runs', () => {
  test('its output is reported as it comes, and its times are recorded', async () => {
    const told: string[] = []
    const { run, records } = await execOver({
      progress: (callId, progress) => {
        if (progress.type === 'output') told.push(`${callId} ${progress.stream} ${Buffer.from(progress.chunk)}`)
      },
    })
    await run(['sh', '-c', 'echo one; sleep 0.1; echo two >&2'])
    expect(told).toEqual(['c1 stdout one\n', 'c1 stderr two\n'])
    expect(records[0]?.facts.output).toEqual({
      deltas: { stdout: 1, stderr: 1 },
      first: [
        { stream: 'stdout', atMs: expect.any(Number), bytes: 4 },
        { stream: 'stderr', atMs: expect.any(Number), bytes: 4 },
      ],
    })
  })

  test('a flood of output is reported and recorded within limits', async () => {
    let bytes = 0
    const { run, records } = await execOver({
      progress: (_, progress) => {
        bytes += progress.type === 'output' ? progress.chunk.length : 0
      },
    })
    await run(['sh', '-c', 'head -c 3000000 /dev/zero'])
    expect(bytes).toBe(256 * 1024)
    expect(JSON.stringify(records[0]?.facts).length).toBeLessThan(8_000)
  })
})

test('several commands run in parallel', async () => {
  const { resultOf } = await execOver()
  const meet = (mine: string, other: string) =>
    resultOf(['sh', '-c', `touch ${mine}; while [ ! -e ${other} ]; do sleep 0.01; done; echo met`])
  const both = await Promise.all([meet('a', 'b'), meet('b', 'a')])
  expect(both.map(({ stdout }) => stdout)).toEqual(['met\n', 'met\n'])
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

  test('an escalation is asked for with its justification', async () => {
    const { run, asked } = await execOver({ policy: 'on-request' })
    await run(['make'], { withEscalatedPermissions: true, justification: 'needs the network' })
    expect(asked[0]?.need).toMatchObject({
      reason: 'escalation',
      detail: 'make (needs the network)',
      explanation: 'needs the network',
    })
  })

  test.each([
    ['never', 'Never'],
    ['on-failure', 'OnFailure'],
    ['untrusted', 'UnlessTrusted'],
  ] as const)('an escalation under %s is refused without a question', async (policy, name) => {
    const { run, asked } = await execOver({ policy })
    expect(await run(['ls'], { withEscalatedPermissions: true })).toMatchObject({
      error: {
        code: 'denied',
        message: `approval policy is ${name}; reject command — you should not ask for escalated permissions if the approval policy is ${name}`,
      },
    })
    expect(asked).toEqual([])
  })

  test('a refusal is one sentence', async () => {
    const { run } = await execOver({ policy: 'untrusted', answer: 'denied' })
    expect(await run(['make'])).toEqual({
      ok: false,
      error: { code: 'denied', message: 'exec command rejected by user' },
    })
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
    const { run, asked } = await execOver({ mechanism: 'bubblewrap', policy, answer })
    const questions = policy === 'never' || policy === 'on-request' ? 0 : 1
    const elsewhere = await folderWith({})
    const outcome = await run(['sh', '-c', `touch ${elsewhere}/made || { echo Permission denied; exit 1; }`])
    const isRejected = questions > 0 && answer === 'denied'
    expect(outcome).toMatchObject(
      isRejected
        ? { error: { message: 'exec command rejected by user' } }
        : { result: { exitCode: isRetried ? 0 : 1 } },
    )
    expect(asked).toHaveLength(questions)
  })

  test('also a harmless command is asked about: the sandbox hides things', async () => {
    const { run, asked } = await execOver({ mechanism: 'bubblewrap', policy: 'on-request' })
    await run(['ls'], { withEscalatedPermissions: true })
    expect(asked).toHaveLength(1)
  })

  test('a timeout is not a refusal by the sandbox', async () => {
    const { run, asked } = await execOver({ mechanism: 'bubblewrap', policy: 'on-failure' })
    await run(['sh', '-c', 'echo Permission denied; sleep 30'], { timeoutMs: 300 })
    expect(asked).toEqual([])
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
