// Covers: model/wire/join-parts.ts

import { expect, test } from 'vitest'
import type { AssistantMessage, Message, ToolResultPart } from '../../../src/contracts/model.ts'
import { joinParts } from '../../../src/model/wire/join-parts.ts'
import { toTurns } from '../../../src/model/wire/turns.ts'

function result(callId: string, text = 'out'): ToolResultPart {
  return { callId, name: 'readFile', parts: [{ text, origin: 'observation' }], isError: false }
}

function calls(...ids: string[]): AssistantMessage {
  return {
    role: 'assistant',
    text: '',
    toolCalls: ids.map(callId => ({ callId, name: 'readFile', argumentsText: '{}' })),
  }
}

function user(text: string): Message {
  return { role: 'user', parts: [{ text, origin: 'task' }] }
}

/** `a:out` for a result, the text for text. */
function shape(messages: Message[]): string[] {
  return toTurns(messages).map(turn => {
    if (turn.role === 'assistant') return 'assistant'
    const entries = turn.entries.map(entry =>
      entry.kind === 'text' ? joinParts(entry.parts) : `${entry.result.callId}:${joinParts(entry.result.parts)}`,
    )
    return entries.join('|')
  })
}

test('user and tool messages of a turn come together, in order', () => {
  const messages = [
    user('go'),
    calls('a', 'b'),
    user('top'),
    { role: 'tool' as const, results: [result('a'), result('b')] },
    user('tail'),
  ]
  expect(shape(messages)).toEqual(['go', 'assistant', 'top|a:out|b:out|tail'])
})

test('a call without an answer gets a result', () => {
  expect(shape([calls('a', 'b'), { role: 'tool', results: [result('a')] }, user('tail')])).toEqual([
    'assistant',
    'a:out|b:Not executed.|tail',
  ])
  expect(shape([calls('a'), calls('b')])).toEqual(['assistant', 'a:Not executed.', 'assistant', 'b:Not executed.'])
})

test('a result without a call, or given twice, is text', () => {
  expect(shape([{ role: 'tool', results: [result('z', 'lost')] }, user('go')])).toEqual(['lost|go'])
  expect(shape([calls('a'), { role: 'tool', results: [result('a', '1'), result('a', '2')] }])).toEqual([
    'assistant',
    'a:1|2',
  ])
})

test('blank text is left out', () => {
  expect(shape([user('  '), user('go'), user('')])).toEqual(['go'])
})

test('parts are joined line by line', () => {
  const parts = ['a', 'b\n', '', 'c'].map(text => ({ text, origin: 'task' as const }))
  expect(joinParts(parts)).toBe('a\nb\nc')
})
