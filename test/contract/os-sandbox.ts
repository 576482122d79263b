import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { OsSandbox, ProcessResult, ProcessSpec } from '../../src/contracts/os-sandbox.ts'
import type { WorkspaceView } from '../../src/contracts/workspace.ts'

export interface SandboxUnderTest {
  sandbox: OsSandbox
  workspace: WorkspaceView
}

export const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

export function runIn(
  { sandbox, workspace }: SandboxUnderTest,
  command: readonly string[],
  spec: Partial<ProcessSpec> = {},
): Promise<ProcessResult> {
  return sandbox.run({ command, cwd: workspace.guestRoot, timeoutMs: 10_000, outputBytesMax: 64 * 1024, ...spec })
}

/** Whether something goes on writing to a file of the workspace. */
export async function isBeating({ workspace }: SandboxUnderTest, file = 'beat'): Promise<boolean> {
  const path = join(workspace.hostRoot, file)
  const before = await readFile(path, 'utf8')
  await sleep(150)
  return (await readFile(path, 'utf8')).length !== before.length
}

const BEAT = 'while :; do echo x >> beat; sleep 0.02; done'
const UNTIL_IT_BEATS = 'while [ ! -s beat ]; do sleep 0.01; done'

/** What every implementation of `OsSandbox` keeps. */
export function osSandboxContract(create: () => Promise<SandboxUnderTest>): void {
  describe('a process', () => {
    test('gives its streams, its exit code and both streams together', async () => {
      const result = await runIn(await create(), ['sh', '-c', 'echo out; echo err >&2; exit 3'])
      expect(result.end).toEqual({ kind: 'exited', exitCode: 3 })
      expect([text(result.stdout), text(result.stderr)]).toEqual(['out\n', 'err\n'])
      expect(text(result.aggregated).length).toBe('out\nerr\n'.length)
    })

    test('has its output together in order of arrival', async () => {
      const script = 'for i in 1 2 3; do echo o$i; sleep 0.05; echo e$i >&2; sleep 0.05; done'
      const result = await runIn(await create(), ['sh', '-c', script])
      expect(text(result.aggregated)).toBe('o1\ne1\no2\ne2\no3\ne3\n')
    })

    test('finds no input and no terminal', async () => {
      const result = await runIn(await create(), ['sh', '-c', 'cat; test -t 1; echo $?'])
      expect(text(result.stdout)).toBe('1\n')
    })

    test('starts in its working directory and writes to the real workspace', async () => {
      const under = await create()
      const result = await runIn(under, ['sh', '-c', 'pwd; echo content > made'])
      expect(text(result.stdout)).toBe(`${under.workspace.guestRoot}\n`)
      expect(await readFile(join(under.workspace.hostRoot, 'made'), 'utf8')).toBe('content\n')
    })

    test('takes its arguments as they are', async () => {
      const args = ['$HOME', '*', '', "a'b", '--', 'é\n']
      const result = await runIn(await create(), ['printf', '<%s>', ...args])
      expect(text(result.stdout)).toBe(args.map(arg => `<${arg}>`).join(''))
    })

    test('can be called by another name', async () => {
      const result = await runIn(await create(), ['sh', '-c', 'echo $0'], { arg0: 'sh-by-another-name' })
      expect(text(result.stdout)).toBe('sh-by-another-name\n')
    })

    test('keeps bytes that are not text', async () => {
      const result = await runIn(await create(), ['printf', '\\377\\000\\376'])
      expect([...result.stdout]).toEqual([255, 0, 254])
    })

    test('shows its output while it runs', async () => {
      const chunks: string[] = []
      const onOutput = (stream: string, chunk: Uint8Array) => chunks.push(`${stream}:${text(chunk)}`)
      await runIn(await create(), ['sh', '-c', 'echo one; sleep 0.1; echo two >&2'], { onOutput })
      expect(chunks).toEqual(['stdout:one\n', 'stderr:two\n'])
    })

    test('killed by a signal ends with 128 + n or as signalled', async () => {
      const { end } = await runIn(await create(), ['sh', '-c', 'kill -9 $$'])
      expect([
        { kind: 'exited', exitCode: 137 },
        { kind: 'signalled', signal: 9 },
      ]).toContainEqual(end)
    })
  })

  describe('a limit', () => {
    test('of time kills also what ignores SIGTERM', async () => {
      const script = `trap '' TERM INT HUP; echo started; while :; do sleep 0.05; done`
      const result = await runIn(await create(), ['sh', '-c', script], { timeoutMs: 500 })
      expect(result.end).toEqual({ kind: 'timed-out' })
      expect(text(result.stdout)).toBe('started\n')
      expect(result.durationMs).toBeLessThan(8_000)
    })

    test('of time of 0 and of more than a timer can take are applied as given', async () => {
      const under = await create()
      expect((await runIn(under, ['sleep', '30'], { timeoutMs: 0 })).end).toEqual({ kind: 'timed-out' })
      const long = await runIn(under, ['true'], { timeoutMs: Number.MAX_SAFE_INTEGER })
      expect(long.end).toEqual({ kind: 'exited', exitCode: 0 })
    })

    test('of output applies to each stream, and what it drops is counted', async () => {
      const script = 'head -c 3000000 /dev/zero; head -c 2000 /dev/zero >&2'
      const result = await runIn(await create(), ['sh', '-c', script], { outputBytesMax: 1000 })
      expect([result.stdout.length, result.stderr.length, result.aggregated.length]).toEqual([1000, 1000, 2000])
      expect(result.bytesDropped).toBe(3_000_000 - 1000 + 1000)
    })

    test('of output does not keep a flood from its timeout', async () => {
      const result = await runIn(await create(), ['yes'], { timeoutMs: 400, outputBytesMax: 1000 })
      expect(result.end).toEqual({ kind: 'timed-out' })
      expect(result.stdout.length).toBe(1000)
    })
  })

  describe('a cancellation', () => {
    test('before the start starts nothing', async () => {
      const under = await create()
      const result = await runIn(under, ['touch', 'started'], { signal: AbortSignal.abort() })
      expect(result.end).toEqual({ kind: 'cancelled' })
      await expect(readFile(join(under.workspace.hostRoot, 'started'))).rejects.toThrow('ENOENT')
    })

    test('in the middle kills all of it', async () => {
      const under = await create()
      const signal = AbortSignal.timeout(500)
      const result = await runIn(under, ['sh', '-c', `(${BEAT}) & ${UNTIL_IT_BEATS}; wait`], { signal })
      expect(result.end).toEqual({ kind: 'cancelled' })
      expect(await isBeating(under)).toBe(false)
    })
  })

  describe('what cannot be started is a value', () => {
    test('a missing program', async () => {
      const { end, sandboxMs: _, ...rest } = await runIn(await create(), ['./no-such-program'])
      expect(end).toMatchObject({ kind: 'spawn-failed', code: 'ENOENT' })
      expect(rest.aggregated.length).toBe(0)
    })

    test('a file that is not executable', async () => {
      const under = await create()
      await writeFile(join(under.workspace.hostRoot, 'data'), 'data')
      expect((await runIn(under, ['./data'])).end).toMatchObject({ kind: 'spawn-failed', code: 'EACCES' })
    })

    test('no command at all, and one with a NUL character', async () => {
      const under = await create()
      expect((await runIn(under, [])).end).toMatchObject({ kind: 'spawn-failed' })
      expect((await runIn(under, ['echo', 'a\0b'])).end).toMatchObject({ kind: 'spawn-failed' })
    })

    test('a working directory that does not exist', async () => {
      const under = await create()
      const { end } = await runIn(under, ['true'], { cwd: `${under.workspace.guestRoot}/nowhere` })
      expect(end).toMatchObject({ kind: 'spawn-failed', code: 'ENOENT' })
    })

    test('more arguments than the system takes', async () => {
      const { end } = await runIn(await create(), ['echo', 'x'.repeat(4_000_000)])
      expect(end).toMatchObject({ kind: 'spawn-failed', code: 'E2BIG' })
    })
  })

  describe('nothing outlives its run', () => {
    const hostile: Record<string, string> = {
      'a background grandchild': `(${BEAT}) >/dev/null 2>&1 & ${UNTIL_IT_BEATS}`,
      'a daemon in its own session': `setsid sh -c '${BEAT}' >/dev/null 2>&1 & ${UNTIL_IT_BEATS}`,
      'a daemon whose parents are gone': `(setsid sh -c '(${BEAT}) &' >/dev/null 2>&1 &) ; ${UNTIL_IT_BEATS}`,
      'one that ignores signals': `(trap "" TERM HUP INT; ${BEAT}) >/dev/null 2>&1 & ${UNTIL_IT_BEATS}`,
      'many at once': `for i in $(seq 40); do (${BEAT}) >/dev/null 2>&1 & done; ${UNTIL_IT_BEATS}`,
    }
    test.each(Object.entries(hostile))('%s', async (_, script) => {
      const under = await create()
      const result = await runIn(under, ['bash', '-c', script])
      expect(result.end).toEqual({ kind: 'exited', exitCode: 0 })
      expect(await isBeating(under)).toBe(false)
    })

    test('one that keeps the output open does not delay the result forever', async () => {
      const under = await create()
      const result = await runIn(under, ['bash', '-c', `(${BEAT}) & ${UNTIL_IT_BEATS}; echo done`])
      expect(result.end).toEqual({ kind: 'exited', exitCode: 0 })
      expect(text(result.stdout)).toBe('done\n')
      expect(result.durationMs).toBeLessThan(8_000)
      expect(await isBeating(under)).toBe(false)
    })
  })

  test('no variable of the harness reaches a process, and no secret name does', async () => {
    process.env.SCRIPTBENCH_TEST_LEAK = 'leak'
    try {
      const env = { EXTRA: 'extra', MY_API_KEY: 'secret', my_token: 'secret' }
      const result = await runIn(await create(), ['env'], { env })
      expect(text(result.stdout)).toContain('EXTRA=extra')
      expect(text(result.stdout)).not.toMatch(/leak|secret/)
    } finally {
      delete process.env.SCRIPTBENCH_TEST_LEAK
    }
  })

  test("the harness's own Node comes first on PATH", async () => {
    const result = await runIn(await create(), ['node', '-p', 'process.version'])
    expect(text(result.stdout)).toBe(`${process.version}\n`)
  })
}
