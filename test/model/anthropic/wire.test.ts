// Covers: model/anthropic/

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
import { startAnthropicServer } from '../../helpers/anthropic-server.ts'
import { provide } from '../../helpers/model-fixture.ts'
import type { Handler, NeutralReply, RecordedRequest } from '../../helpers/wire-server.ts'

const KEY = 'sk-ant-1234567890'
const CACHED = { type: 'ephemeral' }

async function start(handler: Handler, parameters = {}, model = 'claude-opus-5') {
  const server = await startAnthropicServer(handler)
  const environment = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: server.url }
  return { ...server, provider: provide(`anthropic/${model}`, { environment, parameters }) }
}

const playing = (replies: NeutralReply[]) => start((_request, n) => replies[n] ?? { text: 'out of replies' })

describe('streamed', () => modelProviderContract(playing, { withoutUsage: 'estimated' }))
describe('in one piece', () => {
  // Unstreamed, the wire can only hold arguments that parse.
  const parsing = (reply: NeutralReply) => ({
    ...reply,
    plain: !reply.toolCalls?.some(({ args }) => typeof args === 'string'),
  })
  modelProviderContract(replies => playing(replies.map(parsing)), { withoutUsage: 'estimated' })
})

function call(callId: string, argumentsText = '{}'): AssistantMessage {
  return { role: 'assistant', text: '', toolCalls: [{ callId, name: 'readFile', argumentsText }] }
}

test('the request', async () => {
  await using server = await start(() => ({ text: 'ok' }), { maxOutputTokens: 999 })
  await ask(server.provider, requestOf(undefined, { parallelToolCalls: false }))
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`)
  expect(server.requests[0]?.body).toEqual({
    model: 'claude-opus-5',
    max_tokens: 999,
    stream: true,
    system: [{ type: 'text', text: 'You work on files.', cache_control: CACHED }],
    tools: [
      { name: 'readFile', description: 'Reads a file.', input_schema: expect.objectContaining({ type: 'object' }) },
    ],
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    messages: [{ role: 'user', content: [{ type: 'text', text: 'What is in a.txt?', cache_control: CACHED }] }],
  })
})

test('thinking and calls go back verbatim', async () => {
  const toolCalls = [{ name: 'readFile', args: { filePath: 'a.txt' } }]
  await using server = await start((_request, n) =>
    n === 0 ? { reasoning: 'let me see', text: 'Reading.', toolCalls } : { text: 'ok' },
  )
  const said = messageOf((await ask(server.provider)).reply)
  const { reply } = await ask(server.provider, requestOf([userText('Read.'), said, resultsOf(said)]))
  expect(reply.reasoningCarried).toBe(true)
  expect(server.requests[1]?.body.messages[1]).toEqual({
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'let me see', signature: 'sealed:let me see' },
      { type: 'text', text: 'Reading.', citations: null },
      { type: 'tool_use', id: 'toolu_0_0', name: 'readFile', input: { filePath: 'a.txt' }, cache_control: CACHED },
    ],
  })
})

test('user-role content is one message, results before text', async () => {
  await using server = await start(() => ({ text: 'ok' }))
  const calls = call('a')
  await ask(
    server.provider,
    requestOf([userText('one'), userText('two'), calls, userText('reminder'), resultsOf(calls), userText('tail')]),
  )
  const roles = server.requests[0]?.body.messages.map(({ role }) => role)
  expect(roles).toEqual(['user', 'assistant', 'user'])
  expect(server.requests[0]?.body.messages[2]?.content).toMatchObject([
    { type: 'tool_result', tool_use_id: 'a', content: 'hello' },
    { type: 'text', text: 'reminder' },
    { type: 'text', text: 'tail', cache_control: CACHED },
  ])
})

test('blank text and empty replies do not reach the wire', async () => {
  await using server = await start(() => ({ text: 'ok' }))
  const empty: Message = { role: 'assistant', text: ' ', toolCalls: [] }
  await ask(server.provider, requestOf([userText('one'), empty, userText('  '), userText('two')]))
  const messages = server.requests[0]?.body.messages
  expect(JSON.stringify(messages)).not.toMatch(/"text":"\s*"/)
  expect(messages?.every(({ content }) => content.length > 0)).toBe(true)
})

/** The places with a breakpoint, as message.block. */
function breakpoints(request: RecordedRequest | undefined): string[] {
  return (request?.body.messages ?? []).flatMap(({ content }, message) =>
    content.flatMap((block, index) => (block.cache_control ? [`${message}.${index}`] : [])),
  )
}

const copy = { text: 'The task, again.', origin: 'reinjection', moves: true } as const

test('breakpoints: the last stable block and the ends of the two messages before it', async () => {
  await using server = await start(() => ({ text: 'ok' }))
  const history = ['a', 'b', 'c'].flatMap(id => [call(id), resultsOf(call(id))])
  await ask(server.provider, requestOf([userText('Go.'), ...history]))
  expect(breakpoints(server.requests[0])).toEqual(['4.0', '5.0', '6.0'])
  expect(JSON.stringify(server.requests[0]?.body).match(/cache_control/g)).toHaveLength(4)
})

test('breakpoints: never on or after a moving part inside a result', async () => {
  await using server = await start(() => ({ text: 'ok' }))
  const moving: Message = {
    role: 'tool',
    results: [
      { callId: 'b', name: 'readFile', parts: [copy, { text: 'hello', origin: 'observation' }], isError: false },
    ],
  }
  await ask(server.provider, requestOf([userText('Go.'), call('a'), resultsOf(call('a')), call('b'), moving]))
  expect(breakpoints(server.requests[0])).toEqual(['1.0', '2.0', '3.0'])
})

test('breakpoints: a moving tail leaves the results before it cached', async () => {
  await using server = await start(() => ({ text: 'ok' }))
  const tail: Message = { role: 'user', parts: [copy] }
  await ask(server.provider, requestOf([userText('Go.'), call('a'), resultsOf(call('a')), tail]))
  expect(breakpoints(server.requests[0])).toEqual(['0.0', '1.0', '2.0'])
})

test.each([
  ['claude-sonnet-4-5-20250929', 'medium', { thinking: { type: 'enabled', budget_tokens: 10_240 } }],
  ['claude-haiku-4-5', 'high', { thinking: { type: 'enabled', budget_tokens: 24_576 } }],
  ['claude-3-7-sonnet-20250219', 'max', { thinking: { type: 'enabled', budget_tokens: 30_976 } }],
  ['claude-opus-4-8', 'high', { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }],
  ['claude-sonnet-5', 'low', { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }],
  ['claude-sonnet-4-20250514', '2000', { thinking: { type: 'enabled', budget_tokens: 2_000 } }],
  ['claude-sonnet-5', 'none', { thinking: { type: 'disabled' } }],
])('effort of %s: %s', async (model, reasoningEffort, expected) => {
  await using server = await start(() => ({ text: 'ok' }), { reasoningEffort }, model)
  await ask(server.provider)
  expect(server.requests[0]?.body).toMatchObject(expected)
})

test.each([
  [{ temperature: 0 }, 'temperature'],
  [{ reasoningEffort: 'much' }, 'none, minimal, low'],
  [{ reasoningEffort: 'low', maxOutputTokens: 2_000 }, 'maxOutputTokens is 2000'],
])('a parameter the model cannot take is a mistake before anything is sent: %j', (parameters, part) => {
  const environment = { ANTHROPIC_API_KEY: KEY }
  expect(() => provide('anthropic/claude-haiku-4-5', { environment, parameters })).toThrow(part)
})

test('a broken stream is tried again', async () => {
  await using server = await start((_request, n) => ({ text: 'a long enough text', breakStream: n === 0 }))
  const { reply, attempts } = await ask(server.provider)
  expect(messageOf(reply).text).toBe('a long enough text')
  expect(attempts[0]?.failure?.class).toBe('connection')
})

test.each<[NeutralReply, string]>([
  [{ status: 529 }, 'overloaded'],
  [{ status: 413 }, 'context-overflow'],
  [{ status: 400, error: { message: 'prompt is too long: 210000 tokens > 200000 maximum' } }, 'context-overflow'],
  [{ status: 400, error: { message: 'Your credit balance is too low to access the API.' } }, 'auth'],
  [{ status: 400, error: { message: 'max_tokens: 99999 > 64000, the maximum of output tokens' } }, 'bad-request'],
  [{ text: 'and then', stop: 'context' }, 'context-overflow'],
  [{ rawBody: '{"type":"message"}' }, 'connection'],
  [
    {
      headers: { 'content-type': 'text/event-stream' },
      rawBody: 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"busy"}}\n\n',
    },
    'overloaded',
  ],
])('failure %#: %j', async (answer, expected) => {
  await using server = await start(() => answer)
  expect(failureOf((await ask(server.provider)).reply).class).toBe(expected)
})

test('a key that the server echoes stays out of messages', async () => {
  await using server = await start(request => ({
    status: 403,
    error: { message: `x-api-key: ${KEY}, ${request.headers.authorization}` },
  }))
  const { reply, attempts } = await ask(server.provider)
  expect(JSON.stringify([reply, attempts])).not.toContain('1234567890')
})
