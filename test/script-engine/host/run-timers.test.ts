import { expect, test } from 'vitest'
import { createRunTimers } from '../../../src/script-engine/host/run-timers.ts'

/** Computes, so that every timer is late. */
function block(ms: number): void {
  const endMs = performance.now() + ms
  while (performance.now() < endMs);
}

test('timers that are late come in the order in which they are due', async () => {
  // An older timer of the same delay makes Node look at the later ones first.
  setTimeout(() => {}, 4)
  block(3)
  await new Promise(resolve => setImmediate(resolve))
  const fired: number[] = []
  const timers = createRunTimers(
    () => performance.now(),
    id => fired.push(id),
  )
  const set = [4, 1, 2, 4, 1].map((delayMs, index) => ({ id: index + 1, delayMs }))
  timers.receive({ timers: set, timersCleared: [] })
  block(10)
  await new Promise(resolve => setTimeout(resolve, 10))
  expect(fired).toEqual([2, 5, 3, 1, 4])
  expect(timers.pendingCount).toBe(0)
})

test('a cleared timer does not come', async () => {
  const fired: number[] = []
  const timers = createRunTimers(
    () => performance.now(),
    id => fired.push(id),
  )
  timers.receive({
    timers: [
      { id: 1, delayMs: 1 },
      { id: 2, delayMs: 2 },
    ],
    timersCleared: [1],
  })
  await new Promise(resolve => setTimeout(resolve, 15))
  expect(fired).toEqual([2])
})
