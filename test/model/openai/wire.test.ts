// Covers: model/openai/

import { describe, expect, test } from 'vitest'
import {
  ask,
  failureOf,
  messageOf,
  modelProviderContract,
  requestOf,
  resultsOf,
  userText,
} from '../../contract/model-provider.ts'
import { provide } from '../../helpers/model-fixture.ts'
import { startOpenAIServer } from '../../helpers/openai-server.ts'
import type { Handler, NeutralReply } from '../../helpers/wire-server.ts'

async function start(handler: Handler, parameters = {}, model = 'gpt-5.5') {
  const server = await startOpenAIServer(handler)
  const environment = { OPENAI_API_KEY: 'sk-test-1234567890', OPENAI_BASE_URL: server.url }
  const provider = provide(`openai/${model}`, { environment, parameters })
  return { ...server, provider }
}

const playing = (replies: NeutralReply[]) => start((_request, n) => replies[n] ?? { text: 'out of replies' })

describe('streamed', () => modelProviderContract(playing, { withoutUsage: 'estimated' }))
describe('in one piece', () =>
  modelProviderContract(replies => playing(replies.map(reply => ({ ...reply, plain: true }))), {
    withoutUsage: 'estimated',
  }))

test('the request is stateless and complete', async () => {
  await using server = await start(() => ({ text: 'ok' }), {
    temperature: 0.5,
    reasoningEffort: 'low',
    maxOutputTokens: 99,
  })
  const { reply } = await ask(server.provider, requestOf(undefined, { parallelToolCalls: false }))
  expect(reply.servedModel).toBe('gpt-5.5-2026-01-01')
  expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-test-1234567890')
  expect(server.requests[0]?.body).toEqual({
    model: 'gpt-5.5',
    instructions: 'You work on files.',
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What is in a.txt?' }] }],
    tools: [expect.objectContaining({ type: 'function', name: 'readFile', strict: false })],
    parallel_tool_calls: false,
    store: false,
    stream: true,
    include: ['reasoning.encrypted_content'],
    prompt_cache_key: 'trial-1',
    temperature: 0.5,
    max_output_tokens: 99,
    reasoning: { effort: 'low' },
  })
})

test('reasoning and call items go back verbatim', async () => {
  const toolCalls = [{ name: 'readFile', args: { filePath: 'a.txt' } }]
  await using server = await start((_request, n) =>
    n === 0 ? { reasoning: 'hm', text: 'Reading.', toolCalls } : { text: 'ok' },
  )
  const first = await ask(server.provider)
  expect(first.reply).not.toHaveProperty('reasoningCarried')
  const said = messageOf(first.reply)
  const { reply } = await ask(server.provider, requestOf([userText('Read.'), said, resultsOf(said)]))
  expect(reply.reasoningCarried).toBe(true)
  expect(server.requests[1]?.body.input.slice(1)).toEqual([
    expect.objectContaining({ type: 'reasoning', id: 'rs_0', encrypted_content: 'sealed:hm' }),
    expect.objectContaining({ type: 'message', id: 'msg_0', role: 'assistant' }),
    expect.objectContaining({ type: 'function_call', id: 'fc_0_0', call_id: 'call_0_0' }),
    { type: 'function_call_output', call_id: 'call_0_0', output: 'hello' },
  ])
})

test('an edited message is not overruled by what it carries', async () => {
  await using server = await start(() => ({ reasoning: 'hm', text: 'First words.' }))
  const said = { ...messageOf((await ask(server.provider)).reply), text: 'Other words.' }
  const { reply } = await ask(server.provider, requestOf([userText('a'), said, userText('b')]))
  expect(reply.reasoningCarried).toBe(false)
  expect(JSON.stringify(server.requests[1]?.body.input)).not.toContain('First words.')
})

test('models that do not reason are not asked for encrypted reasoning', async () => {
  await using server = await start(() => ({ text: 'ok' }), {}, 'gpt-4.1-mini')
  await ask(server.provider)
  expect(server.requests[0]?.body).not.toHaveProperty('include')
})

test('a long cache key is hashed to what the wire takes', async () => {
  await using server = await start(() => ({ text: 'ok' }))
  await ask(server.provider, requestOf(undefined, { cacheKey: 'k'.repeat(65) }))
  expect(server.requests[0]?.body.prompt_cache_key).toMatch(/^[0-9a-f]{64}$/)
})

test('a broken stream is a connection failure and is tried again', async () => {
  await using server = await start((_request, n) => ({ text: 'a long enough text', breakStream: n === 0 }))
  const { reply, attempts } = await ask(server.provider)
  expect(messageOf(reply).text).toBe('a long enough text')
  expect(attempts.map(({ failure }) => failure?.class)).toEqual(['connection', undefined])
})

test('a server that is not there is a connection failure that says where', async () => {
  const server = await startOpenAIServer(() => ({}))
  await server.close()
  const provider = provide('openai/gpt-5.5', {
    environment: { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.url },
  })
  const failure = failureOf((await ask(provider)).reply)
  expect(failure).toMatchObject({ class: 'connection', message: expect.stringContaining('ECONNREFUSED') })
})

test.each<[NeutralReply, string]>([
  [{ status: 400, error: { code: 'context_length_exceeded', message: 'too long' } }, 'context-overflow'],
  [{ status: 429, error: { code: 'insufficient_quota', message: 'no money' } }, 'auth'],
  [{ status: 401, error: { type: 'invalid_request_error' } }, 'auth'],
  [{ status: 404, error: { code: 'model_not_found' } }, 'bad-request'],
  [{ stop: 'filter', text: 'Well' }, 'refused'],
  [{ rawBody: '{}', plain: true }, 'connection'],
  [{ rawBody: '{"output": 7, "usage": "x", "status": "completed"', plain: true }, 'connection'],
  [{ status: 502, rawBody: '<html>Bad gateway</html>' }, 'overloaded'],
])('failure %#: %j', async (answer, expected) => {
  await using server = await start(() => answer)
  expect(failureOf((await ask(server.provider)).reply).class).toBe(expected)
})

test.each([
  ['rate_limit_exceeded', 'rate-limit'],
  ['server_error', 'overloaded'],
  ['bio_policy', 'refused'],
])('a response that fails with %s', async (code, expected) => {
  const rawBody = JSON.stringify({ status: 'failed', output: [], error: { code, message: 'no' } })
  await using server = await start(() => ({ rawBody }))
  expect(failureOf((await ask(server.provider)).reply).class).toBe(expected)
})

test('a key that the server echoes stays out of messages', async () => {
  await using server = await start(request => ({
    status: 400,
    error: { message: `bad header {"authorization": "${request.headers.authorization}"} sk-test-1234567890` },
  }))
  const { reply, attempts } = await ask(server.provider)
  expect(JSON.stringify([reply, attempts])).not.toMatch(/1234567890/)
  expect(failureOf(reply).message).toContain('[redacted]')
})

test('a request repeats the one before it and adds to its end', async () => {
  const toolCalls = [{ name: 'readFile', args: { filePath: 'a.txt' } }]
  await using server = await start((_request, n) => ({ reasoning: `step ${n}`, toolCalls }))
  const history = [userText('Go.')]
  for (let turn = 0; turn < 3; turn++) {
    const said = messageOf((await ask(server.provider, requestOf(history))).reply)
    history.push(said, resultsOf(said))
  }
  const inputs = server.requests.map(({ body }) => JSON.stringify(body.input).slice(0, -1))
  expect(inputs[1]?.startsWith(inputs[0] as string)).toBe(true)
  expect(inputs[2]?.startsWith(inputs[1] as string)).toBe(true)
})

test('an abort ends a request that is under way', async () => {
  await using server = await start(() => ({ text: 'late', delayMs: 20_000 }))
  const controller = new AbortController()
  const asked = ask(server.provider, requestOf(), controller.signal)
  await expect.poll(() => server.requests.length).toBe(1)
  controller.abort()
  const { reply, attempts } = await asked
  expect(failureOf(reply)).toEqual({ class: 'connection', message: 'the request was aborted' })
  expect(attempts).toHaveLength(1)
})
