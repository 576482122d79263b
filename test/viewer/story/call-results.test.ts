import { expect, test } from 'vitest'
import type { TrialEvent } from '../../../src/contracts/events.ts'
import type { ToolCallRecord } from '../../../src/contracts/tool.ts'
import { scriptResults, structuredResult } from '../../../src/viewer/story/call-results.ts'

const call = (callId: string, tool = 'readFile') => ({ callId, tool }) as ToolCallRecord
const result = (name: string, ...parts: [text: string, origin: string][]) => ({
  name,
  parts: parts.map(([text, origin]) => ({ text, origin })),
})
const MESSAGES = [
  { role: 'user', parts: [] },
  {
    role: 'tool',
    results: [
      result('readFile', ['one', 'observation'], ['the prompt again', 'reinjection'], [' two', 'observation']),
      result('exec', ['three', 'observation']),
      result('readFile', ['the prompt again', 'reinjection']),
    ],
  },
]

test.each([
  ['the parts of its own result', call('t1.1'), { kind: 'text', text: 'one two' }],
  ['the result in its place', call('t1.2', 'exec'), { kind: 'text', text: 'three' }],
  ['nothing where the place holds another tool', call('t1.2'), undefined],
  ['nothing where only a prompt copy was shown', call('t1.3'), undefined],
  ['nothing beyond the last result', call('t1.4'), undefined],
  ['nothing for an id without a place', call('t1'), undefined],
])('a call of a turn has %s', (_what, record, found) => {
  expect(structuredResult(record, MESSAGES)).toEqual(found)
})

test('without a message of results there is none', () => {
  expect(structuredResult(call('t1.1'), [undefined, MESSAGES[0]])).toBeUndefined()
})

test('calls of scripts have what their recordings hold, in place or as stored content', () => {
  const recording = (script: string, kind: string, deliveries: unknown) =>
    ({ type: 'script_recording', script, recording: { kind, deliveries } }) as unknown as TrialEvent
  const events = [
    recording('t1.s1', 'kept', [
      {
        calls: [
          { call: 1, json: '"a"' },
          { call: 2, hash: 'known' },
        ],
      },
      { calls: [{ call: 3, hash: 'unknown' }] },
      {},
    ]),
    recording('t2.s1', 'too-large', [{ calls: [{ call: 1, json: '1' }] }]),
    recording('t3.s1', 'kept', 'damaged'),
  ]
  const results = scriptResults(events, hash => (hash === 'known' ? '"b"' : undefined))
  expect([...results]).toEqual([
    ['t1.s1.1', { kind: 'json', json: '"a"' }],
    ['t1.s1.2', { kind: 'json', json: '"b"' }],
  ])
})
