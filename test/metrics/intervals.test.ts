import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxOverlap, msOutside, totalMs, unionOf } from '../../src/metrics/intervals.ts'

const interval = fc
  .tuple(fc.nat(50), fc.nat(20))
  .map(([startMs, durationMs]) => ({ startMs, endMs: startMs + durationMs }))
const intervals = fc.array(interval, { maxLength: 12 })

/** The whole milliseconds that intervals cover. */
const cells = (items: { startMs: number; endMs: number }[]) =>
  new Set(items.flatMap(({ startMs, endMs }) => Array.from({ length: endMs - startMs }, (_, index) => startMs + index)))

test('a union covers what its parts cover', () => {
  fc.assert(fc.property(intervals, items => totalMs(unionOf(items)) === cells(items).size))
})

test('what is outside others is what only the first cover', () => {
  fc.assert(
    fc.property(intervals, intervals, (items, others) => {
      const covered = cells(others)
      expect(msOutside(items, others)).toBe([...cells(items)].filter(cell => !covered.has(cell)).length)
    }),
  )
})

test('the largest overlap is that of the fullest moment', () => {
  fc.assert(
    fc.property(fc.array(interval, { minLength: 1, maxLength: 12 }), items => {
      const at = (moment: number) => items.filter(({ startMs, endMs }) => startMs <= moment && moment < endMs).length
      const fullest = Math.max(1, ...Array.from({ length: 80 }, (_, moment) => at(moment)))
      expect(maxOverlap(items)).toBe(fullest)
    }),
  )
})

test('no interval has no overlap to speak of', () => {
  expect(maxOverlap([])).toBeUndefined()
})
