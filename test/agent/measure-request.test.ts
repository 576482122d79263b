import { expect, test } from 'vitest'
import { measureRequest } from '../../src/agent/measure-request.ts'
import type { Message, ModelRequest, TextOrigin } from '../../src/contracts/model.ts'

const user = (origin: TextOrigin, ...texts: string[]): Message => ({
  role: 'user',
  parts: texts.map(text => ({ text, origin })),
})
const results = (...parts: [TextOrigin, string][]): Message => ({
  role: 'tool',
  results: [{ callId: 'c', name: 'exec', isError: false, parts: parts.map(([origin, text]) => ({ origin, text })) }],
})

/** One token a character, so that sums can be read off. */
function measure(...messages: Message[]) {
  const request: ModelRequest = { system: 'sys', messages, tools: [], parallelToolCalls: true, cacheKey: 'k' }
  return measureRequest(request, text => text.length)
}

test('bytes are UTF-8 bytes, tokens those of the whole request', () => {
  expect(measure(user('task', 'aé'))).toMatchObject({ bytes: 3 + 2 + 3, contextTokens: 3 + 2 + 2 })
})

test('the distance counts from the prompt, or from its nearest copy, to the end', () => {
  const call: Message = {
    role: 'assistant',
    text: 'ok',
    toolCalls: [{ callId: 'c', name: 'exec', argumentsText: '{}' }],
  }
  expect(measure(user('task', 'do'))).toMatchObject({ promptDistanceTokens: 0 })
  expect(measure(user('task', 'do'), call, results(['observation', '12345']))).toMatchObject({
    promptDistanceTokens: 8 + 5,
    reinjectedCopies: 0,
  })
  expect(measure(user('task', 'do'), call, results(['reinjection', 'do'], ['observation', '12345']))).toMatchObject({
    promptDistanceTokens: 5,
    reinjectedCopies: 1,
    reinjectedTokens: 2,
  })
})

test('a placebo is a copy in size, but brings the prompt no nearer', () => {
  const measured = measure(user('task', 'do'), results(['placebo', 'xx'], ['observation', '123']))
  expect(measured).toMatchObject({ promptDistanceTokens: 5, reinjectedCopies: 1, reinjectedTokens: 2 })
})
