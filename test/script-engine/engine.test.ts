// Covers: script-engine/define-tool.ts, script-engine/host/run-report.ts, script-engine/host/vm-script-of.ts
// Covers: script-engine/run-script.ts, script-engine/thread/worker-messages.ts
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createScriptEngine, declareScriptTools, defineTool, runScript } from '../../src/engine.ts'
import { failed, returned } from '../contract/script-engine.ts'

const ROOT = join(import.meta.dirname, '../..')
const engine = createScriptEngine()
afterAll(() => engine.close())

const add = defineTool({
  name: 'add',
  description: 'Adds two numbers.',
  effect: 'read',
  input: z.object({ a: z.number(), b: z.number().default(1) }),
  output: z.number(),
  run: ({ a, b }) => a + b,
})

test('the example of docs/engine.md runs as it stands', () => {
  const page = readFileSync(join(ROOT, 'docs/engine.md'), 'utf8')
  const example = /```ts\n([\s\S]*?)```/.exec(page)?.[1] as string
  const program = example.replace("'scriptbench/engine'", JSON.stringify(join(ROOT, 'src/engine.ts')))
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect(stdout, stderr).toBe('contents of a,contents of b\n')
})

test('inputs are validated and defaults filled in', async () => {
  expect(returned(await runScript(engine, 'return await tools.add({ a: 2 })', { tools: [add] }))).toBe(3)
  const outcome = await runScript(engine, 'await tools.add({ a: "x" } as any)', { tools: [add] })
  expect(failed(outcome)).toMatchObject({ class: 'tool-error', message: expect.stringContaining('invalid-arguments') })
})

test('what a tool throws is the error the script sees', async () => {
  const broken = defineTool({
    name: 'broken',
    description: '',
    input: z.object({}),
    run: () => {
      throw new Error('disk full')
    },
  })
  const source = 'try { await tools.broken({}) } catch (e: any) { return [e.tool, e.code, e.message] }'
  expect(returned(await runScript(engine, source, { tools: [broken] }))).toEqual(['broken', 'failed', 'disk full'])
})

test('a hung tool obeys its own timeout, even one that ignores its signal, and the script goes on', async () => {
  const aborted: string[] = []
  const hang = (name: string, run: (signal: AbortSignal) => Promise<unknown>) =>
    defineTool({
      ...{ name, description: '', effect: 'read', input: z.object({}), timeoutMs: 40 },
      run: (_args, { signal }) => {
        signal.addEventListener('abort', () => aborted.push(name))
        return run(signal)
      },
    })
  const deaf = hang('deaf', () => new Promise(() => {}))
  const polite = hang('polite', signal => sleep(60_000, null, { signal }))
  const source = `const codes: string[] = []
    await Promise.all([tools.deaf(), tools.polite()].map(call => call.catch((e: any) => codes.push(e.code + ': ' + e.message))))
    return [codes.sort(), await tools.add({ a: 1 })]`
  const outcome = await runScript(engine, source, { tools: [deaf, polite, add] })
  expect(returned(outcome)).toEqual([
    ['timed-out: deaf took longer than 40 ms', 'timed-out: polite took longer than 40 ms'],
    2,
  ])
  expect(aborted.sort()).toEqual(['deaf', 'polite'])
})

test('a wait for approval is not a part of the timeout', async () => {
  const asked = defineTool({
    ...{ name: 'asked', description: '', input: z.object({}), timeoutMs: 150 },
    run: async (_args, { onApprovalPending }) => {
      onApprovalPending(true)
      await sleep(250)
      onApprovalPending(false)
      return 'allowed'
    },
  })
  expect(returned(await runScript(engine, 'return await tools.asked()', { tools: [asked] }))).toBe('allowed')
})

test('a tool without a result gives null', async () => {
  const nothing = defineTool({ name: 'nothing', description: '', input: z.object({}), run: () => {} })
  expect(returned(await runScript(engine, 'return await tools.nothing()', { tools: [nothing] }))).toBeNull()
})

test('context, limits, seed and logs reach the script', async () => {
  const lines: string[] = []
  const outcome = await runScript(engine, 'console.log(context.env.A); return Math.random()', {
    context: { env: { A: 'x' } },
    seed: 'fixed',
    onLog: log => lines.push(log.text),
  })
  const again = await runScript(engine, 'return Math.random()', { seed: 'fixed' })
  expect(lines).toEqual(['x'])
  expect(returned(outcome)).toBe(returned(again))
})

test.each(['then', 'toJSON', 'constructor', 'a-b', '1a', ''])('a tool cannot be named %j', name => {
  expect(() => defineTool({ name, description: '', input: z.object({}), run: () => 1 })).toThrow(TypeError)
})

test('the declarations come from the same schemas', () => {
  const text = declareScriptTools(engine, [add])
  expect(text).toContain('/** Adds two numbers. */')
  expect(text).toContain('}): Promise<number>')
})
