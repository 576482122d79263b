import { afterAll, expect, test } from 'vitest'
import type { Message } from '../../../src/contracts/model.ts'
import type { ToolOutcome } from '../../../src/contracts/tool.ts'
import { createOracle } from '../../../src/model/players/oracle.ts'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import { oracleOptions, playStructured, prompt, requestOf } from '../../helpers/built-in-players.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const oracleOf = (...scripts: string[]) => createOracle(oracleOptions(engine, [scripts]))
const signal = new AbortController().signal
const ok = (result: unknown): ToolOutcome => ({ ok: true, result: result as never, text: '' })
const failed: ToolOutcome = { ok: false, error: { code: 'failed', message: 'no' } }

const TWO_THEN_ONE = `const texts = await Promise.all(['a', 'b'].map(filePath => tools.readFile({ filePath })))
await tools.applyPatch({ patch: texts.map(file => file.text).join('+') })`

test('serial gets calls one by one, parallel gets those that start together', async () => {
  const answer = (name: string, args: unknown) =>
    name === 'readFile' ? ok({ text: (args as { filePath: string }).filePath.toUpperCase() }) : ok(null)
  const reads = ['readFile({"filePath":"a"})', 'readFile({"filePath":"b"})']
  const patch = 'applyPatch({"patch":"A+B"})'
  expect(await playStructured(oracleOf(TWO_THEN_ONE), 'structured-serial', answer)).toEqual({
    turns: [[reads[0]], [reads[1]], [patch]],
    text: 'Done.',
  })
  expect((await playStructured(oracleOf(TWO_THEN_ONE), 'structured-parallel', answer)).turns).toEqual([reads, [patch]])
})

test('equal calls get their results in the order in which they came', async () => {
  const source = `const first = await tools.readFile({ filePath: 'n' })
const second = await tools.readFile({ filePath: 'n' })
await tools.applyPatch({ patch: first.text + second.text })`
  let count = 0
  const { turns } = await playStructured(oracleOf(source), 'structured-parallel', name =>
    name === 'readFile' ? ok({ text: `${++count}` }) : ok(null),
  )
  expect(turns.at(-1)).toEqual(['applyPatch({"patch":"12"})'])
})

test('a script sees a failed call as its own error, and goes on where it catches it', async () => {
  const source = `try { await tools.readFile({ filePath: 'a' }) } catch (error) { await tools.applyPatch({ patch: error.code }) }`
  const { turns } = await playStructured(oracleOf(source), 'structured-serial', name =>
    name === 'readFile' ? failed : ok(null),
  )
  expect(turns.at(-1)).toEqual(['applyPatch({"patch":"failed"})'])
})

test('a broken solution comes to an end', async () => {
  const { turns } = await playStructured(
    oracleOf('return 1', 'syntax error here', 'throw 1'),
    'structured-serial',
    () => ok(null),
  )
  expect(turns).toEqual([])
})

test('the same request always gets the same reply, whatever was asked before', async () => {
  const oracle = oracleOf(TWO_THEN_ONE)
  const request = requestOf('structured-serial', [prompt()])
  const first = await oracle.ask(request, { signal })
  await playStructured(oracle, 'structured-parallel', () => ok({ text: '' }))
  expect(await oracle.ask(request, { signal })).toEqual(first)
})

test('script modes get each look as a program, a failed one once more', async () => {
  const oracle = oracleOf('return 1', 'return 2')
  const observed = (outcome: ToolOutcome): Message => ({
    role: 'user',
    parts: [{ text: 'x', origin: 'observation' }],
    outcome,
  })
  const textOf = async (...messages: Message[]) => {
    const reply = await oracle.ask(requestOf('script-text', [prompt(), ...messages]), { signal })
    return reply.message?.text
  }
  const [one, two] = ['<tool-calls>\nreturn 1\n</tool-calls>', '<tool-calls>\nreturn 2\n</tool-calls>']
  expect(await textOf()).toBe(one)
  expect(await textOf(observed(ok(1)))).toBe(two)
  expect(await textOf(observed(failed))).toBe(one)
  expect(await textOf(observed(failed), observed(failed))).toBe(two)
  expect(await textOf(observed(ok(1)), observed(ok(2)))).toBe('Done.')
})

test('each prompt has its own scripts, and reinjected copies are not prompts', async () => {
  const oracle = createOracle(oracleOptions(engine, [['return 1'], ['return 2']]))
  const copy: Message = { role: 'user', parts: [{ text: 'do it', origin: 'reinjection' }] }
  const reply = await oracle.ask(requestOf('script-tool', [prompt(), copy, prompt('then'), copy]), { signal })
  expect(reply.message?.toolCalls[0]?.argumentsText).toBe('{"code":"return 2"}')
})
