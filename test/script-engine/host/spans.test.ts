import fc from 'fast-check'
import { expect, test } from 'vitest'
import { msOutside, recordSpans, totalMs, unionOf } from '../../../src/script-engine/host/spans.ts'

const span = (startMs: number, endMs: number) => ({ startMs, endMs })
const anySpans = fc
  .array(fc.tuple(fc.nat(100), fc.nat(20)))
  .map(given => given.map(([startMs, length]) => span(startMs, startMs + length)))

test('gaps do not count, overlaps count once in the union and fully in the sum', () => {
  const spans = [span(5, 15), span(0, 10), span(20, 30)]
  expect(unionOf(spans)).toEqual([span(0, 15), span(20, 30)])
  expect(totalMs(spans)).toBe(30)
})

test('time outside others is what neither covers twice', () => {
  expect(msOutside([span(0, 10), span(20, 30)], [span(5, 25)])).toBe(10)
})

test('every millisecond is inside the others or outside them', () => {
  fc.assert(
    fc.property(anySpans, anySpans, (spans, others) => {
      const covered = (given: { startMs: number; endMs: number }[], ms: number) =>
        given.some(({ startMs, endMs }) => ms >= startMs && ms < endMs)
      const moments = Array.from({ length: 130 }, (_, ms) => ms)
      expect(msOutside(spans, others)).toBe(moments.filter(ms => covered(spans, ms) && !covered(others, ms)).length)
    }),
  )
})

test('a recorder closes spans, and the last one at the moment asked for', () => {
  let nowMs = 0
  const recorder = recordSpans(() => nowMs)
  for (const [atMs, isSo] of [
    [1, true],
    [2, true],
    [4, false],
    [5, false],
    [7, true],
  ] as const) {
    nowMs = atMs
    recorder.set(isSo)
  }
  expect(recorder.until(9)).toEqual([span(1, 4), span(7, 9)])
})
