import { describe, expect, test } from 'vitest'
import { reinject } from '../../src/agent/reinjection.ts'
import { REINJECTIONS } from '../../src/contracts/arm.ts'
import type { Message, TextPart } from '../../src/contracts/model.ts'

const prompt = (text: string): Message => ({ role: 'user', parts: [{ text, origin: 'task' }] })
const call = (id: string): Message => ({
  role: 'assistant',
  text: '',
  toolCalls: [{ callId: id, name: 'exec', argumentsText: '{}' }],
})
const result = (id: string): Message => ({
  role: 'tool',
  results: [{ callId: id, name: 'exec', parts: [{ text: `result ${id}`, origin: 'observation' }], isError: false }],
})
const observed = (text: string): Message => ({ role: 'user', parts: [{ text, origin: 'observation' }] })

/** A conversation of two prompts, cut off after its n-th message. */
const NATIVE = [
  prompt('first'),
  call('1'),
  result('1'),
  call('2'),
  result('2'),
  prompt('second'),
  call('3'),
  result('3'),
  call('4'),
  result('4'),
]
const TEXT = [prompt('first'), call('1'), observed('one'), call('2'), observed('two')]

const parts = (message: Message): TextPart[] =>
  message.role === 'user'
    ? message.parts
    : message.role === 'tool'
      ? message.results.flatMap(({ parts: inner }) => inner)
      : []
const copies = (messages: readonly Message[]) =>
  messages.flatMap(parts).filter(({ origin }) => origin === 'reinjection' || origin === 'placebo')
const TOOL = { carrier: 'tool-result' } as const

test('off sends the history as it is', () => {
  expect(reinject(NATIVE, { reinjection: 'off', ...TOOL })).toEqual(NATIVE)
})

test('no level changes what comes before the first observation, except history-top', () => {
  for (const reinjection of REINJECTIONS.filter(level => level !== 'history-top')) {
    expect(reinject(NATIVE.slice(0, 1), { reinjection, ...TOOL })).toEqual(NATIVE.slice(0, 1))
  }
})

test('turn-top has one copy, in the first bytes of the newest observation', () => {
  const sent = reinject(NATIVE, { reinjection: 'turn-top', ...TOOL })
  expect(copies(sent)).toHaveLength(1)
  const newest = parts(sent.at(-1) as Message)
  expect(newest[0]?.text).toBe('<original-user-prompt>\nsecond\n</original-user-prompt>\n')
  expect(newest[0]?.moves).toBe(true)
  expect(newest[1]?.text).toBe('result 4')
})

test('turn-top in text mode comes before the observation in the same message', () => {
  const sent = reinject(TEXT, { reinjection: 'turn-top', ...TOOL })
  expect(sent).toHaveLength(TEXT.length)
  expect(parts(sent.at(-1) as Message).map(({ origin }) => origin)).toEqual(['reinjection', 'observation'])
})

test('turn-top-kept has one copy per observation, of the prompt that was newest then', () => {
  const sent = reinject(NATIVE, { reinjection: 'turn-top-kept', ...TOOL })
  expect(copies(sent).map(({ text }) => /\n(.*)\n/.exec(text)?.[1])).toEqual(['first', 'first', 'second', 'second'])
  expect(copies(sent).some(({ moves }) => moves)).toBe(false)
})

test('tail comes after the newest observation, as user text', () => {
  const sent = reinject(NATIVE, { reinjection: 'tail', ...TOOL })
  expect(sent.slice(0, -1)).toEqual(NATIVE)
  expect(copies(sent)).toEqual([expect.objectContaining({ origin: 'reinjection', moves: true })])
  expect(sent.at(-1)?.role).toBe('user')
})

test('history-top comes before everything and changes only with a new prompt', () => {
  const early = reinject(NATIVE.slice(0, 3), { reinjection: 'history-top', ...TOOL })
  const later = reinject(NATIVE.slice(0, 5), { reinjection: 'history-top', ...TOOL })
  const next = reinject(NATIVE, { reinjection: 'history-top', ...TOOL })
  expect(later[0]).toEqual(early[0])
  expect(next[0]).not.toEqual(early[0])
  expect(copies(next)).toHaveLength(1)
})

test('placebo is as long as the real copies and says none of the prompt', () => {
  const real = copies(reinject(NATIVE, { reinjection: 'turn-top-kept', ...TOOL }))
  const placebo = copies(reinject(NATIVE, { reinjection: 'placebo', ...TOOL }))
  expect(placebo.map(({ text }) => text.length)).toEqual(real.map(({ text }) => text.length))
  expect(placebo.some(({ text }) => text.includes('second'))).toBe(false)
})

test('the user-text carrier comes right after the tool results', () => {
  const sent = reinject(NATIVE, { reinjection: 'turn-top', carrier: 'user-text' })
  expect(sent.at(-2)).toEqual(NATIVE.at(-1))
  expect(parts(sent.at(-1) as Message)[0]?.origin).toBe('reinjection')
})

describe.each(['turn-top-kept', 'placebo'] as const)('%s', reinjection => {
  test.each(['tool-result', 'user-text'] as const)('each request is a prefix of the next one (%s)', carrier => {
    for (const history of [NATIVE, TEXT]) {
      for (let length = 1; length < history.length; length++) {
        const now = reinject(history.slice(0, length), { reinjection, carrier })
        const next = reinject(history.slice(0, length + 1), { reinjection, carrier })
        expect(next.slice(0, now.length)).toEqual(now)
      }
    }
  })
})

test.each(['turn-top', 'tail'] as const)(
  '%s shares everything before its moving copy with the next request',
  reinjection => {
    for (let length = 3; length + 2 <= NATIVE.length; length += 2) {
      const now = reinject(NATIVE.slice(0, length), { reinjection, ...TOOL })
      const next = reinject(NATIVE.slice(0, length + 2), { reinjection, ...TOOL })
      const moving = now.findIndex(message => parts(message).some(({ moves }) => moves))
      if (moving < 0) continue
      expect(next.slice(0, moving)).toEqual(now.slice(0, moving))
    }
  },
)
