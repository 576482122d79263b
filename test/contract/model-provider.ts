import { expect, test } from 'vitest'
import type {
  AssistantMessage,
  Message,
  ModelAttempt,
  ModelProvider,
  ModelReply,
  ModelRequest,
} from '../../src/contracts/model.ts'
import { type NeutralReply, USAGE } from '../helpers/wire-server.ts'

/** A provider whose model plays these replies, one an attempt, and how to end it. */
export type StartProvider = (replies: NeutralReply[]) => Promise<{ provider: ModelProvider } & AsyncDisposable>

export interface ModelProviderTraits {
  /** The usage when nothing was reported. */
  withoutUsage: 'estimated' | 'absent'
}

export function userText(text: string): Message {
  return { role: 'user', parts: [{ text, origin: 'task' }] }
}

export function requestOf(
  messages: Message[] = [userText('What is in a.txt?')],
  changes: Partial<ModelRequest> = {},
): ModelRequest {
  const inputSchema = { type: 'object', properties: { filePath: { type: 'string' } }, required: ['filePath'] }
  return {
    system: 'You work on files.',
    messages,
    tools: [{ name: 'readFile', description: 'Reads a file.', inputSchema }],
    parallelToolCalls: true,
    cacheKey: 'trial-1',
    ...changes,
  }
}

export function resultsOf(assistant: AssistantMessage, text = 'hello'): Message {
  const results = assistant.toolCalls.map(({ callId, name }) => ({
    callId,
    name,
    parts: [{ text, origin: 'observation' as const }],
    isError: false,
  }))
  return { role: 'tool', results }
}

/** Asks once, with every attempt. */
export async function ask(provider: ModelProvider, request = requestOf(), signal = new AbortController().signal) {
  const attempts: ModelAttempt[] = []
  const reply = await provider.ask(request, { signal, onAttempt: attempt => attempts.push(attempt) })
  return { reply, attempts }
}

export function failureOf(reply: ModelReply) {
  if (reply.ok) throw new Error('expected a failure')
  return reply.failure
}

export function messageOf(reply: ModelReply): AssistantMessage {
  if (reply.message === undefined) throw new Error('expected a message')
  return reply.message
}

/** What the loop can rely on, whoever plays. */
export function modelProviderContract(start: StartProvider, { withoutUsage }: ModelProviderTraits): void {
  const playing = async (...replies: NeutralReply[]) => start(replies)

  test('a text answer', async () => {
    await using started = await playing({ text: 'It says hello.\nTwice — ünïcode 🙂.' })
    const { reply, attempts } = await ask(started.provider)
    expect(reply.ok).toBe(true)
    expect(messageOf(reply)).toMatchObject({
      role: 'assistant',
      text: 'It says hello.\nTwice — ünïcode 🙂.',
      toolCalls: [],
    })
    expect(reply.latencyMs).toBeGreaterThanOrEqual(0)
    expect(attempts).toEqual([{ attempt: 1, durationMs: expect.any(Number) }])
  })

  test('parallel calls in order, each with an id of its own', async () => {
    const toolCalls = ['a.txt', 'b.txt', 'c.txt'].map(filePath => ({ name: 'readFile', args: { filePath } }))
    await using started = await playing({ text: 'Reading.', toolCalls })
    const { reply } = await ask(started.provider)
    const calls = messageOf(reply).toolCalls
    expect(calls.map(({ name, argumentsText }) => ({ name, args: JSON.parse(argumentsText) }))).toEqual(toolCalls)
    expect(new Set(calls.map(({ callId }) => callId)).size).toBe(3)
  })

  test('malformed arguments come through as they were written', async () => {
    await using started = await playing(
      { toolCalls: [{ name: 'readFile', args: '{"filePath": "a.txt' }] },
      { text: 'Sorry.' },
    )
    const { reply } = await ask(started.provider)
    expect(messageOf(reply).toolCalls[0]?.argumentsText).toBe('{"filePath": "a.txt')
    const history = [userText('Read.'), messageOf(reply), resultsOf(messageOf(reply), 'no JSON')]
    expect((await ask(started.provider, requestOf(history))).reply.ok).toBe(true)
  })

  test('a conversation goes on with the results', async () => {
    await using started = await playing(
      { toolCalls: [{ name: 'readFile', args: { filePath: 'a.txt' } }] },
      { text: 'Done.' },
    )
    const first = messageOf((await ask(started.provider)).reply)
    const { reply } = await ask(started.provider, requestOf([userText('Read.'), first, resultsOf(first)]))
    expect(messageOf(reply).text).toBe('Done.')
  })

  test('usage in five buckets, none counted twice', async () => {
    await using started = await playing({ text: 'Yes.', usage: USAGE })
    const { reply } = await ask(started.provider)
    expect(reply.usage).toMatchObject({ ...USAGE, estimated: false })
    expect(reply.usage?.raw).toBeTypeOf('object')
  })

  test('usage that was not reported is marked or absent, never zero', async () => {
    await using started = await playing({ text: 'Yes, certainly.', usage: 'none' })
    const { reply } = await ask(started.provider)
    if (withoutUsage === 'absent') return expect(reply.usage).toBeUndefined()
    expect(reply.usage?.estimated).toBe(true)
    expect(reply.usage?.inputFreshTokens).toBeGreaterThan(10)
    expect(reply.usage?.outputTokens).toBeGreaterThan(1)
    expect(reply.usage).not.toHaveProperty('cacheReadTokens')
  })

  test('a rate limit is waited out, and each attempt is reported', async () => {
    await using started = await playing({ status: 429, headers: { 'retry-after': '7' } }, { text: 'Now.' })
    const { reply, attempts } = await ask(started.provider)
    expect(messageOf(reply).text).toBe('Now.')
    expect(attempts.map(({ attempt, failure }) => [attempt, failure?.class])).toEqual([
      [1, 'rate-limit'],
      [2, undefined],
    ])
    expect(attempts[0]?.failure?.retryAfterMs).toBe(7_000)
    expect(attempts[0]?.backoffMs).toBeGreaterThanOrEqual(7_000)
    expect(attempts[1]).not.toHaveProperty('backoffMs')
  })

  test('an overload is tried a bounded number of times', async () => {
    await using started = await playing(...Array.from({ length: 9 }, () => ({ status: 500 })))
    const { reply, attempts } = await ask(started.provider)
    expect(failureOf(reply).class).toBe('overloaded')
    expect(attempts).toHaveLength(5)
    expect(attempts.slice(0, 4).every(({ backoffMs = 0 }) => backoffMs > 0)).toBe(true)
  })

  test.each([
    [401, 'auth'],
    [400, 'bad-request'],
  ] as const)('status %i is final', async (status, expected) => {
    await using started = await playing({ status }, { text: 'never' })
    const { reply, attempts } = await ask(started.provider)
    expect(failureOf(reply).class).toBe(expected)
    expect(attempts).toHaveLength(1)
  })

  test('a cut-off reply carries what was said and billed', async () => {
    await using started = await playing({ text: 'I was about to', stop: 'length', usage: USAGE })
    const { reply, attempts } = await ask(started.provider)
    expect(failureOf(reply).class).toBe('truncated')
    expect(messageOf(reply).text).toBe('I was about to')
    expect(reply.usage?.outputTokens).toBe(USAGE.outputTokens)
    expect(attempts).toHaveLength(1)
  })

  test('a refusal carries what was billed', async () => {
    await using started = await playing({ text: 'I cannot help with that.', stop: 'refusal', usage: USAGE })
    const { reply, attempts } = await ask(started.provider)
    expect(failureOf(reply).class).toBe('refused')
    expect(reply.usage?.inputFreshTokens).toBe(USAGE.inputFreshTokens)
    expect(attempts).toHaveLength(1)
  })

  test('an aborted request is a failure, not a rejection', async () => {
    await using started = await playing({ status: 429 }, { text: 'late', delayMs: 5_000 })
    const controller = new AbortController()
    const asked = ask(started.provider, requestOf(), controller.signal)
    controller.abort()
    expect(failureOf((await asked).reply).class).toMatch(/connection|rate-limit/)
  })
}
