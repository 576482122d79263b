import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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

test('every test named in the table of behaviours exists', () => {
  const page = readFileSync(join(ROOT, 'docs/engine.md'), 'utf8')
  const table = page.slice(page.indexOf('## Behaviours'), page.indexOf('## Limits'))
  const names = [...table.matchAll(/^\| .* \| ([^|]+) \|$/gm)].map(match => match[1] as string).slice(1)
  const files = ['create-script-engine', 'hostile', 'quickjs-vm', 'script-position', 'worker-pool', 'extract-scripts']
  const tests = files.map(file => readFileSync(join(ROOT, `test/script-engine/${file}.test.ts`), 'utf8'))
  const all = [...tests, readFileSync(join(ROOT, 'test/contract/script-engine.ts'), 'utf8')].join('\n')
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter(name => !new RegExp(name).test(all))).toEqual([])
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
