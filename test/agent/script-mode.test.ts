// Covers: agent/store-recording.ts

import { afterAll, expect, test } from 'vitest'
import { scriptMode } from '../../src/agent/script-mode.ts'
import { digestOf } from '../../src/base/digest.ts'
import type { TrialEventBody } from '../../src/contracts/events.ts'
import type { AssistantMessage } from '../../src/contracts/model.ts'
import { SCRIPT_LIMITS_DEFAULT } from '../../src/contracts/script.ts'
import type { Toolbox } from '../../src/contracts/tool.ts'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const toolbox: Toolbox = {
  definitions: [
    { name: 'echo', description: 'Echo.', inputSchema: { type: 'object' }, resultSchema: {}, effect: 'read' },
  ],
  call: async ({ args, callId }) => ({ ok: true, result: { args, callId }, text: '' }),
}

function modeOf(carrier: 'native' | 'text', leniency: 'lenient' | 'strict' = 'lenient') {
  const events: TrialEventBody[] = []
  const mode = scriptMode({
    carrier,
    toolbox,
    engine,
    protocol: 'p',
    leniency,
    context: { workingDirectory: '/workspace', conversationId: 'c', limits: {}, env: {} },
    limits: SCRIPT_LIMITS_DEFAULT,
    seed: 'seed',
    record: event => void events.push(event),
    content: (kind, value) => `${kind} ${digestOf(value)}`,
  })
  const run = async (message: AssistantMessage, turn = 1) =>
    mode.perform(mode.read(message).actions, turn, new AbortController().signal)
  return { mode, events, run }
}

const saying = (text: string): AssistantMessage => ({ role: 'assistant', text, toolCalls: [] })
const calling = (...argumentsTexts: string[]): AssistantMessage => ({
  role: 'assistant',
  text: '',
  toolCalls: argumentsTexts.map((argumentsText, index) => ({ callId: `c${index}`, name: 'run_script', argumentsText })),
})
const programs = (...sources: string[]) => calling(...sources.map(code => JSON.stringify({ code })))

test('one native tool, or none', () => {
  expect(
    modeOf('native')
      .mode.describe()
      .tools.map(tool => tool.name),
  ).toEqual(['run_script'])
  expect(modeOf('text').mode.describe().tools).toEqual([])
})

test('a program runs, its calls carry ids of their turn, and its value is shown', async () => {
  const { events, run } = modeOf('native')
  const [result] = await run(programs('return (await tools.echo({ a: 1 })).callId'), 4)
  expect(result).toMatchObject({ isError: false, outcome: { ok: true, result: 't4.s1.1' } })
  expect(events.map(event => event.type)).toEqual(['script_start', 'script_end', 'script_recording'])
})

test('both carriers give the same observation', async () => {
  const source = 'console.log("hi")\nreturn [1]'
  const [native] = await modeOf('native').run(programs(source))
  const [text] = await modeOf('text').run(saying(`<tool-calls>\n${source}\n</tool-calls>`))
  expect(native?.text).toBe(text?.text)
})

test('several programs of a turn run one after the other', async () => {
  const { events, run } = modeOf('native')
  const results = await run(programs('return 1', 'throw new Error("no")', 'return 3'))
  expect(results.map(result => result.isError)).toEqual([false, true, false])
  expect(events.filter(event => event.type === 'script_start').map(event => event.script)).toEqual([
    't1.s1',
    't1.s2',
    't1.s3',
  ])
})

test.each([
  ['{"code": 1}', 'invalid-arguments'],
  ['null', 'invalid-arguments'],
  ['{"__proto__": {"code": "return 1"}}', 'invalid-arguments'],
  ['[]', 'invalid-arguments'],
])('arguments %s are answered, not run', async (argumentsText, code) => {
  const { events, run } = modeOf('native')
  expect((await run(calling(argumentsText)))[0]?.text).toContain(`error (${code})`)
  expect(events).toEqual([])
})

test('a call of a tool that only programs can use explains how to use it', async () => {
  const { mode } = modeOf('native')
  const message = { ...saying(''), toolCalls: [{ callId: 'a', name: 'exec', argumentsText: '{}' }] }
  expect(mode.read(message)).toMatchObject({
    actions: [{ kind: 'invalid', error: 'unknown-tool', message: expect.stringContaining('tools.exec') }],
  })
})

test('a program in the text of a reply without a call runs where the policy is lenient', () => {
  const text = saying('<tool-calls>\nreturn 1\n</tool-calls>')
  expect(modeOf('native').mode.read(text)).toMatchObject({ isNative: false, repairs: ['script-in-text'] })
  expect(modeOf('native', 'strict').mode.read(text).actions).toEqual([])
})

test('Math.random and Date.now are the same in every run of a trial', async () => {
  const source = 'return [Math.random(), Date.now() > 1.7e12]'
  const value = async () => (await modeOf('native').run(programs(source)))[0]?.outcome
  expect(await value()).toEqual(await value())
})
