import { expect, test } from 'vitest'
import { structuredMode } from '../../src/agent/structured-mode.ts'
import type { AssistantMessage } from '../../src/contracts/model.ts'
import type { Toolbox, ToolDefinition } from '../../src/contracts/tool.ts'

const definition: ToolDefinition = {
  name: 'echo',
  description: 'Gives it back.',
  inputSchema: { type: 'object' },
  resultSchema: {},
  effect: 'read',
}
const toolbox: Toolbox = {
  definitions: [definition],
  call: async ({ callId, tool, args }) =>
    tool === 'echo'
      ? { ok: true, result: args, text: `${callId} ${JSON.stringify(args)}` }
      : { ok: false, error: { code: 'unknown-tool', message: `there is no ${tool}` } },
}

interface Setting {
  isSerial?: boolean
  leniency?: 'lenient' | 'strict'
}
const modeOf = ({ isSerial = false, leniency = 'lenient' }: Setting = {}) =>
  structuredMode({ toolbox, protocol: 'p', leniency, isSerial })

const message = (
  text: string,
  ...calls: [callId: string, name: string, argumentsText: string][]
): AssistantMessage => ({
  role: 'assistant',
  text,
  toolCalls: calls.map(([callId, name, argumentsText]) => ({ callId, name, argumentsText })),
})

test('serial asks the provider for one call, parallel for as many as it likes', () => {
  expect(modeOf({ isSerial: true }).describe()).toMatchObject({ parallelToolCalls: false, tools: [{ name: 'echo' }] })
  expect(modeOf().describe()).toMatchObject({ parallelToolCalls: true })
})

test('serial runs the first call and answers the others without running them', async () => {
  const mode = modeOf({ isSerial: true })
  const { actions } = mode.read(message('', ['a', 'echo', '{}'], ['b', 'echo', '{}'], ['c', 'nope', '{']))
  expect(actions.map(action => action.kind)).toEqual(['call', 'refused', 'refused'])
  const results = await mode.perform(actions, 1, new AbortController().signal)
  expect(results.map(result => result.text)).toEqual([
    't1.1 {}',
    'not executed: one call a turn',
    'not executed: one call a turn',
  ])
})

test('calls with the same id from the provider have different ids in the log', async () => {
  const mode = modeOf()
  const { actions } = mode.read(message('', ['same', 'echo', '{}'], ['same', 'echo', '{}']))
  const results = await mode.perform(actions, 3, new AbortController().signal)
  expect(results.map(result => result.text)).toEqual(['t3.1 {}', 't3.2 {}'])
})

test('nearly right JSON is repaired where the policy is lenient, and reported where it is strict', () => {
  const broken = message('', ['a', 'echo', "{text: 'x',}"])
  expect(modeOf().read(broken)).toMatchObject({ repairs: ['json-repaired'], actions: [{ args: { text: 'x' } }] })
  expect(modeOf({ leniency: 'strict' }).read(broken)).toMatchObject({
    repairs: [],
    actions: [{ kind: 'invalid', error: 'malformed-arguments' }],
  })
})

test('a call written into the text counts where the policy is lenient, and is answered as text', () => {
  const inText = message('<tool_call>{"name": "echo", "arguments": {"a": 1}}</tool_call>')
  expect(modeOf().read(inText)).toMatchObject({
    isNative: false,
    repairs: ['call-in-text'],
    actions: [{ tool: 'echo' }],
  })
  expect(modeOf({ leniency: 'strict' }).read(inText).actions).toEqual([])
})

test('names that every object has are not tools', async () => {
  const mode = modeOf()
  const { actions } = mode.read(message('', ['a', '__proto__', '{}'], ['b', 'constructor', '{}']))
  const results = await mode.perform(actions, 1, new AbortController().signal)
  expect(results.map(result => result.text.split(':')[0])).toEqual(['error (unknown-tool)', 'error (unknown-tool)'])
})
