import { expect, test } from 'vitest'
import { createCallQueue } from '../../../src/tools/toolbox/call-queue.ts'

const open = new AbortController().signal

/** Enters by name and records, in order, who got a place. */
function enteringQueue(callsInFlightMax: number, maxima: Record<string, number>) {
  const queue = createCallQueue(callsInFlightMax, name => maxima[name] ?? 1)
  const entered: string[] = []
  const enter = async (name: string, label = name, signal = open) => {
    const release = await queue.enter(name, signal)
    if (release !== undefined) entered.push(label)
    return release
  }
  return { enter, entered }
}

/** Lets everything that can go on go on: the queue waits for nothing but promises. */
const settled = () => new Promise(resolve => setImmediate(resolve))

test('a name at its limit waits, and others pass it', async () => {
  const { enter, entered } = enteringQueue(3, { a: 1, b: 2 })
  const first = await enter('a', 'a1')
  const waiting = enter('a', 'a2')
  await enter('b')
  expect(entered).toEqual(['a1', 'b'])
  first?.()
  await waiting
  expect(entered).toEqual(['a1', 'b', 'a2'])
})

test('releasing twice frees one place', async () => {
  const { enter, entered } = enteringQueue(1, { a: 9 })
  const first = await enter('a', 'first')
  void enter('a', 'second')
  void enter('a', 'third')
  first?.()
  first?.()
  await settled()
  expect(entered).toEqual(['first', 'second'])
})

test('who gives up while waiting gets nothing and takes no place', async () => {
  const { enter, entered } = enteringQueue(1, {})
  const first = await enter('a', 'first')
  const controller = new AbortController()
  const given = enter('a', 'given up', controller.signal)
  const last = enter('a', 'last')
  controller.abort()
  expect(await given).toBeUndefined()
  first?.()
  await last
  expect(entered).toEqual(['first', 'last'])
})

test('an aborted signal is refused immediately, and aborting later changes nothing', async () => {
  const { enter, entered } = enteringQueue(1, {})
  expect(await enter('a', 'aborted', AbortSignal.abort())).toBeUndefined()
  const controller = new AbortController()
  const release = await enter('a', 'running', controller.signal)
  const next = enter('a', 'next')
  controller.abort()
  await settled()
  expect(entered).toEqual(['running'])
  release?.()
  await next
  expect(entered).toEqual(['running', 'next'])
})
