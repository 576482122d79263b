// Covers: model/chat/, model/wire/

import { describe, expect, test } from 'vitest'
import type { AssistantMessage, Message } from '../../../src/contracts/model.ts'
import {
  ask,
  failureOf,
  messageOf,
  modelProviderContract,
  requestOf,
  resultsOf,
  userText,
} from '../../contract/model-provider.ts'
import { startChatServer } from '../../helpers/chat-server.ts'
import { provide } from '../../helpers/model-fixture.ts'
import type { Handler, NeutralReply } from '../../helpers/wire-server.ts'

async function start(handler: Handler, environment: Record<string, string> = {}, parameters = {}) {
  const server = await startChatServer(handler)
  return { ...server, provider: provide(`openai-compatible/org/qwen3@${server.url}`, { environment, parameters }) }
}

const STREAMED = { OPENAI_COMPATIBLE_STREAM: '1' }
const playing = (environment: Record<string, string>) => (replies: NeutralReply[]) =>
  start((_request, n) => replies[n] ?? { text: 'out of replies' }, environment)

describe('in one piece', () => modelProviderContract(playing({}), { withoutUsage: 'estimated' }))
describe('streamed', () => modelProviderContract(playing(STREAMED), { withoutUsage: 'estimated' }))

test('the request has only what every compatible server knows', async () => {
  await using server = await start(() => ({ text: 'ok' }), {}, { temperature: 0, maxOutputTokens: 99 })
  await ask(server.provider)
  expect(server.requests[0]?.headers.authorization).toBe('Bearer none')
  expect(server.requests[0]?.body).toEqual({
    model: 'org/qwen3',
    messages: [
      { role: 'system', content: 'You work on files.' },
      { role: 'user', content: 'What is in a.txt?' },
    ],
    tools: [{ type: 'function', function: expect.objectContaining({ name: 'readFile' }) }],
    parallel_tool_calls: true,
    temperature: 0,
    max_tokens: 99,
    stream: false,
  })
})

test('an optional key is sent', async () => {
  await using server = await start(() => ({ text: 'ok' }), { OPENAI_COMPATIBLE_API_KEY: ' or-key-1 ' })
  await ask(server.provider)
  expect(server.requests[0]?.headers.authorization).toBe('Bearer or-key-1')
})

test('results come right after the calls, then user text', async () => {
  await using server = await start(() => ({ text: 'ok' }))
  const assistant: AssistantMessage = {
    role: 'assistant',
    text: '',
    toolCalls: [
      { callId: 'a', name: 'readFile', argumentsText: '{"filePath":"a"}' },
      { callId: 'b', name: 'readFile', argumentsText: 'not json' },
    ],
  }
  await ask(
    server.provider,
    requestOf([userText('Go.'), assistant, userText('reminder'), resultsOf(assistant), userText('tail')]),
  )
  expect(server.requests[0]?.body.messages.slice(2)).toEqual([
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'readFile', arguments: '{"filePath":"a"}' } },
        { id: 'b', type: 'function', function: { name: 'readFile', arguments: '{"INVALID_JSON":"not json"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'a', content: 'hello' },
    { role: 'tool', tool_call_id: 'b', content: 'hello' },
    { role: 'user', content: 'reminder\ntail' },
  ])
})

test.each([{}, STREAMED])('reasoning goes back under the name it came with (%j)', async environment => {
  await using server = await start(() => ({ reasoning: 'let me think', text: 'ok' }), environment)
  const said = messageOf((await ask(server.provider)).reply)
  const { reply } = await ask(server.provider, requestOf([userText('a'), said, userText('b')]))
  expect(reply.reasoningCarried).toBe(true)
  expect(server.requests[1]?.body.messages[2]).toEqual({
    role: 'assistant',
    content: 'ok',
    reasoning_content: 'let me think',
  })
})

test('reasoning that was billed but not shown counts as not carried', async () => {
  await using server = await start(() => ({ text: 'ok' }))
  const said = messageOf((await ask(server.provider)).reply)
  const { reply } = await ask(server.provider, requestOf([userText('a'), said, userText('b')]))
  expect(reply.reasoningCarried).toBe(false)
})

test.each([{}, STREAMED])('calls without ids, or with the same id, get their own (%j)', async environment => {
  const toolCalls = [null, 'call_3', 'call_3'].map(id => ({ name: 'readFile', args: {}, id }))
  await using server = await start(() => ({ toolCalls }), environment)
  const ids = messageOf((await ask(server.provider)).reply).toolCalls.map(({ callId }) => callId)
  expect(new Set(ids).size).toBe(3)
  expect(ids.every(id => id !== '')).toBe(true)
})

test('arguments sent as an object are taken', async () => {
  const call = { function: { name: 'readFile', arguments: { filePath: 'a' } } }
  const rawBody = JSON.stringify({
    choices: [{ message: { content: [{ type: 'text', text: 'x' }], tool_calls: [call] }, finish_reason: 'stop' }],
  })
  await using server = await start(() => ({ rawBody }))
  const message = messageOf((await ask(server.provider)).reply)
  expect(message).toMatchObject({ text: 'x', toolCalls: [{ callId: 'call_1', argumentsText: '{"filePath":"a"}' }] })
})

test('streamed calls without an index are kept apart', async () => {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({ choices: [{ delta, finish_reason }] })}\n\n`
  const call = (id: string) => ({ tool_calls: [{ id, function: { name: 'readFile', arguments: '{"filePath":' } }] })
  const rest = { tool_calls: [{ function: { arguments: '"a"}' } }] }
  const rawBody = [
    chunk(call('x')),
    chunk(rest),
    chunk(call('y')),
    chunk(rest),
    chunk({}, 'tool_calls'),
    'data: [DONE]\n\n',
  ].join('')
  await using server = await start(() => ({ rawBody, headers: { 'content-type': 'text/event-stream' } }), STREAMED)
  const { toolCalls } = messageOf((await ask(server.provider)).reply)
  expect(toolCalls).toEqual(['x', 'y'].map(callId => ({ callId, name: 'readFile', argumentsText: '{"filePath":"a"}' })))
})

test.each<[string, NeutralReply]>([
  ['in one piece', { text: 'whole again' }],
  ['streamed', { text: 'whole again' }],
])('a reply broken off is tried again (%s)', async (kind, reply) => {
  const environment = kind === 'streamed' ? STREAMED : {}
  await using server = await start((_request, n) => ({ ...reply, breakStream: n === 0 }), environment)
  const asked = await ask(server.provider)
  expect(messageOf(asked.reply).text).toBe('whole again')
  expect(asked.attempts[0]?.failure?.class).toBe('connection')
})

test.each([
  [{ error: { code: 429, message: 'upstream is busy' } }, 'rate-limit'],
  [{ error: { code: 400, message: "This model's maximum context length is 4096 tokens" } }, 'context-overflow'],
  [{ error: { message: 'who knows' } }, 'connection'],
  [{ choices: [] }, 'connection'],
  [null, 'connection'],
])('a failure with status 200: %j', async (body, expected) => {
  await using server = await start(() => ({ rawBody: JSON.stringify(body) }))
  expect(failureOf((await ask(server.provider)).reply).class).toBe(expected)
})

test('calls without a result and results without a call do not reach the wire as such', async () => {
  await using server = await start(() => ({ text: 'ok' }))
  const calls: AssistantMessage = {
    role: 'assistant',
    text: '',
    toolCalls: [{ callId: 'a', name: 'readFile', argumentsText: '{}' }],
  }
  const orphan: Message = {
    role: 'tool',
    results: [{ callId: 'z', name: 'readFile', parts: [{ text: 'lost', origin: 'observation' }], isError: false }],
  }
  await ask(server.provider, requestOf([userText('Go.'), calls, orphan]))
  expect(server.requests[0]?.body.messages.slice(3)).toEqual([
    { role: 'tool', tool_call_id: 'a', content: 'Not executed.' },
    { role: 'user', content: 'lost' },
  ])
})
