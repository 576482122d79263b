import { expect, test } from 'vitest'
import { isReply, messageLines, textLines } from '../../../src/report/trial/message-lines.ts'
import type { Paint } from '../../../src/report/trial/paint.ts'

/** Names what would be coloured. */
const mark = (name: string) => (text: string) => `<${name}>${text}`
const PAINT: Paint = {
  title: mark('title'),
  faint: mark('faint'),
  good: mark('good'),
  bad: mark('bad'),
  code: mark('code'),
}

test('lines are indented, except for empty ones', () => {
  expect(textLines('a\n\nb', '> ')).toEqual(['> a', '', '> b'])
})

test('60 lines are shown whole; of 61 one is left out of the middle', () => {
  const lines = (count: number) => textLines(Array.from({ length: count }, (_, index) => `${index}`).join('\n'), '')
  expect(lines(60)).toHaveLength(60)
  expect(lines(61)).toHaveLength(61)
  expect(lines(61).slice(39, 42)).toEqual(['39', '… 1 lines …', '41'])
  expect(lines(61).at(-1)).toBe('60')
})

test('a reply is its text and its calls; a program is shown in its own lines', () => {
  const toolCalls = [
    { name: 'runScript', argumentsText: JSON.stringify({ code: 'one()\ntwo()' }) },
    { name: 'applyPatch', argumentsText: JSON.stringify({ patch: '*** Begin Patch' }) },
    { name: 'readFile', argumentsText: '{"filePath":"a"}' },
    { name: 'broken', argumentsText: '{"code":' },
  ]
  const message = { role: 'assistant', text: 'I look.', toolCalls }
  expect(isReply(message)).toBe(true)
  expect(messageLines(message, PAINT)).toEqual([
    '  I look.',
    ...['  <code>→ runScript', '      one()', '      two()'],
    ...['  <code>→ applyPatch', '      *** Begin Patch'],
    ...['  <code>→ readFile', '      {"filePath":"a"}'],
    ...['  <code>→ broken', '      {"code":'],
  ])
})

test('what the harness says is named by its origin, the task is not', () => {
  const parts = [
    { text: 'Do it.', origin: 'task' },
    { text: 'Do it.', origin: 'reinjection' },
  ]
  const message = { role: 'user', parts }
  expect(isReply(message)).toBe(false)
  expect(messageLines(message, PAINT)).toEqual(['  Do it.', '  <faint>[reinjection]', '  Do it.'])
})

test('the results of tools are the parts of all results', () => {
  const results = [{ parts: [{ text: 'one', origin: 'observation' }] }, { parts: [{ text: 'two' }] }]
  expect(messageLines({ role: 'tool', results }, PAINT)).toEqual(['  <faint>[observation]', '  one', '  two'])
})

test.each([undefined, null, 'text', 7, [], { role: 'tool' }, { role: 'user', parts: 'x' }])(
  '%j, from a log of elsewhere, has no lines',
  value => {
    expect(messageLines(value, PAINT)).toEqual([])
  },
)
