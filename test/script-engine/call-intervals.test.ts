import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callIntervals } from '../../src/script-engine/call-intervals.ts'
import type { TrackedCall } from '../../src/script-engine/promise-tracker.ts'

const call = (startedMs: number, endedMs: number, state: TrackedCall['state'] = 'settled') =>
  ({ startedMs, endedMs, state }) as TrackedCall

test('gaps do not count, overlaps count once in the union and fully in the sum', () => {
  expect(callIntervals([call(0, 10), call(5, 15), call(20, 30)], 100)).toEqual({ unionMs: 25, sumMs: 30 })
})

test('a running call counts to the end, a queued one not at all', () => {
  expect(callIntervals([call(10, 10, 'running'), call(0, 0, 'queued')], 50)).toEqual({ unionMs: 40, sumMs: 40 })
})

test('the union lies between the longest call and the sum', () => {
  const spans = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1 })
  fc.assert(
    fc.property(spans, given => {
      const calls = given.map(([start, length]) => call(start, start + length))
      const { unionMs, sumMs } = callIntervals(calls, 0)
      expect(unionMs).toBeLessThanOrEqual(sumMs)
      expect(unionMs).toBeGreaterThanOrEqual(Math.max(...given.map(([, length]) => length)))
    }),
  )
})
