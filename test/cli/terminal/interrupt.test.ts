import { expect, test } from 'vitest'
import { abortOnInterrupt } from '../../../src/cli/terminal/interrupt.ts'

test('the first signal aborts, and a released interrupt leaves no listener', () => {
  const before = process.listenerCount('SIGTERM')
  const interrupt = abortOnInterrupt()
  expect(interrupt.wasInterrupted()).toBe(false)
  process.emit('SIGTERM')
  expect(interrupt.signal.aborted).toBe(true)
  expect(interrupt.wasInterrupted()).toBe(true)
  interrupt.release()
  expect(process.listenerCount('SIGTERM')).toBe(before)
})
