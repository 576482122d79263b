import { expect, test } from 'vitest'
import { callsInText } from '../../src/agent/calls-in-text.ts'

const TOOLS = new Set(['exec', 'readFile'])
const CALL = { tool: 'exec', args: { command: ['ls'] } }

test.each([
  ['tags', '<tool_call>{"name": "exec", "arguments": {"command": ["ls"]}}</tool_call>'],
  ['an unclosed tag', 'I look.\n<tool_call>\n{"name": "exec", "arguments": {"command": ["ls"]}}'],
  ['a fence', 'Now:\n```json\n{"tool": "exec", "args": {"command": ["ls"]}}\n```'],
  ['bare JSON', '{"name": "exec", "parameters": {"command": ["ls"]}}'],
  ['arguments as a string', '<tool_call>{"name": "exec", "arguments": "{\\"command\\": [\\"ls\\"]}"}</tool_call>'],
])('a call in %s is found', (_, text) => {
  expect(callsInText(text, TOOLS)).toEqual([CALL])
})

test('several tagged calls keep their order', () => {
  const tag = (name: string) => `<tool_call>{"name": "${name}", "arguments": {}}</tool_call>`
  expect(callsInText(tag('readFile') + tag('exec'), TOOLS).map(({ tool }) => tool)).toEqual(['readFile', 'exec'])
})

test.each(['All done: exec ran.', '```json\n{"name": "left-pad", "version": "1"}\n```', '{"result": 4}', ''])(
  'no call is seen in %j',
  text => {
    expect(callsInText(text, TOOLS)).toEqual([])
  },
)
