import { expect, test } from 'vitest'
import { createStopwatch } from '../../../src/script-engine/thread/stopwatch.ts'

test('adds up the time in which it runs, whatever it is told twice', () => {
  let nowMs = 0
  const watch = createStopwatch(() => nowMs)
  const at = (ms: number, isRunning: boolean) => {
    nowMs = ms
    watch.run(isRunning)
  }
  at(5, true)
  at(7, true)
  at(10, false)
  at(12, false)
  at(20, true)
  nowMs = 23
  expect(watch.totalMs()).toBe(8)
})
