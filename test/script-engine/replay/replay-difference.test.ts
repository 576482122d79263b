import { describe, expect, test } from 'vitest'
import {
  callDifference,
  endDifference,
  isOutsideEnd,
  logDifference,
} from '../../../src/script-engine/replay/replay-difference.ts'

const returned = (json: string) => ({ ok: true, json }) as const
const failed = (kind: 'thrown' | 'cpu' | 'wall' | 'cancelled', line = 1) =>
  ({ ok: false, failure: { class: kind, message: 'm', line, column: 2 } }) as const

test('a call names what was recorded and what was replayed', () => {
  const [recorded, replayed] = [
    { tool: 'read', argsJson: '{"a":1}' },
    { tool: 'read', argsJson: '{"a":2}' },
  ]
  expect(callDifference(3, recorded, replayed)).toMatchObject({
    kind: 'diverged',
    at: 'call',
    call: 3,
    recorded,
    replayed,
  })
  expect(callDifference(3, recorded).message).toContain('recorded tools.read({"a":1}); replayed no such call')
})

test('long texts are cut to the part around their first difference', () => {
  const same = 'x'.repeat(1_000)
  const { message } = callDifference(1, { tool: 't', argsJson: `${same}a` }, { tool: 't', argsJson: `${same}b` })
  expect(message.length).toBeLessThan(500)
  expect(message).toContain('xa)')
  expect(message).toContain('xb)')
})

describe('ends', () => {
  test.each([
    ['the same value', returned('1'), returned('1'), undefined],
    ['another value', returned('1'), returned('2'), 'value'],
    ['a failure for a value', returned('1'), failed('thrown'), 'failure'],
    ['the same failure', failed('thrown'), failed('thrown'), undefined],
    ['a failure at another line', failed('thrown'), failed('thrown', 2), 'failure'],
    ['any end after a cancelled one', failed('cancelled'), returned('1'), undefined],
    ['an end from outside', failed('wall'), failed('thrown'), undefined],
    ['too much computed again', failed('cpu'), failed('cpu', 9), undefined],
    ['too much computed only once', failed('cpu'), returned('1'), 'failure'],
  ])('%s', (_what, recorded, replayed, at) => {
    expect(endDifference(recorded, replayed)?.at).toBe(at)
  })

  test('only the clock and the caller end a script from outside', () => {
    expect(
      [returned('1'), failed('thrown'), failed('cpu'), failed('wall'), failed('cancelled')].map(isOutsideEnd),
    ).toEqual([...[false, false, true, true, true]])
  })
})

test('log lines are compared by level, time and text, up to a number of them', () => {
  const line = (text: string) => ({ level: 'log', text, atMs: 1 }) as const
  expect(logDifference([line('a'), line('b')], [line('a'), line('b')], 9)).toBeUndefined()
  expect(logDifference([line('a'), line('b')], [line('a')], 9)?.message).toContain(
    'log line 2: recorded log at 1 ms: b; replayed no such line',
  )
  expect(logDifference([line('a'), line('b')], [line('a')], 1)).toBeUndefined()
})
