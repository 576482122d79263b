import { describe, expect, test } from 'vitest'
import { SCRIPT_LIMITS_DEFAULT, type ScriptLimits, type ScriptRequest } from '../../../src/contracts/script.ts'
import type { ToolOutcome } from '../../../src/contracts/tool.ts'
import { createToolRegistry } from '../../../src/script-engine/declarations/tool-registry.ts'
import { createApprovalBridge } from '../../../src/script-engine/host/approval-bridge.ts'
import { createPromiseTracker, type Settlement } from '../../../src/script-engine/host/promise-tracker.ts'
import { definitionsOf, read, write } from '../../contract/script-engine.ts'

interface Held {
  signal: AbortSignal
  answer(outcome: ToolOutcome): void
}

/** A tracker whose calls are answered by hand. */
function trackerWith(limits: Partial<ScriptLimits> = {}, call?: ScriptRequest['call']) {
  const held: Held[] = []
  const settlements: Settlement[] = []
  const hold: ScriptRequest['call'] = (_call, { signal }) =>
    new Promise(answer => {
      held.push({ signal, answer })
    })
  let clockMs = 0
  const nowMs = () => clockMs++
  const tracker = createPromiseTracker({
    request: { call: call ?? hold, callIdPrefix: 'c', limits: { ...SCRIPT_LIMITS_DEFAULT, ...limits } },
    registry: createToolRegistry(definitionsOf({ look: read(() => 1), put: write(() => 1) })),
    approvals: createApprovalBridge(nowMs, () => {}),
    nowMs,
    onSettled: settlement => settlements.push(settlement),
  })
  const add = (id: number, tool = 'look', argsJson = '{}') => tracker.add({ id, tool, argsJson, stack: '' })
  return { tracker, held, settlements, add }
}

const ok = (result: unknown) => ({ ok: true, result, text: '' }) as ToolOutcome
const settled = () => new Promise(resolve => setImmediate(resolve))

test('a call beyond the cap starts when another has settled', async () => {
  const { tracker, held, settlements, add } = trackerWith({ concurrentCallsMax: 2 })
  for (const id of [1, 2, 3]) add(id)
  expect([held.length, tracker.maxInFlight, tracker.pendingIds()]).toEqual([2, 2, ['c1', 'c2', 'c3']])
  held[1]?.answer(ok({ n: 2 }))
  await settled()
  expect(held).toHaveLength(3)
  expect(settlements).toEqual([{ id: 2, isOk: true, json: '{"n":2}' }])
  expect([tracker.pendingCount, tracker.maxInFlight]).toEqual([2, 2])
})

test('settled calls are numbered in the order in which they settle', async () => {
  const { tracker, held, add } = trackerWith()
  for (const id of [1, 2]) add(id)
  held[1]?.answer(ok(1))
  await settled()
  held[0]?.answer(ok(1))
  await settled()
  expect(tracker.calls.map(call => call.settled)).toEqual([1, 0])
})

describe('a call that is refused settles at once', () => {
  test.each([
    ['an unknown tool', 'loook', '{}', 'unknown-tool', 'did you mean tools.look?'],
    ['arguments that are not JSON', 'look', '{', 'invalid-arguments', 'not JSON'],
    ['arguments that nest too deeply', 'look', '['.repeat(501) + ']'.repeat(501), 'invalid-arguments', 'nested deeper'],
  ])('%s', (_what, tool, argsJson, code, words) => {
    const { tracker, settlements, held, add } = trackerWith()
    add(1, tool, argsJson)
    expect(held).toEqual([])
    expect(tracker.calls[0]).toMatchObject({ state: 'settled', status: 'failed', error: { code } })
    expect(settlements[0]?.isOk).toBe(false)
    expect(JSON.parse(settlements[0]?.json ?? '')).toMatchObject({ code, message: expect.stringContaining(words) })
  })
})

describe('what no script can be given is a failure of the tool', () => {
  const circle: Record<string, unknown> = {}
  circle.self = circle
  test.each<[string, () => unknown, string]>([
    ['a circle', () => circle, 'is not JSON'],
    ['a deep value', () => JSON.parse('['.repeat(600) + ']'.repeat(600)), 'nested deeper'],
    ['more than the memory', () => 'x'.repeat(2_000), '2002 characters of JSON'],
  ])('%s', async (_what, value, words) => {
    const { tracker, add } = trackerWith({ memoryBytesMax: 1_500 }, async () => ok(value()))
    add(1)
    await settled()
    expect(tracker.calls[0]).toMatchObject({ status: 'failed', error: { message: expect.stringContaining(words) } })
  })

  test.each<[string, ScriptRequest['call']]>([
    [
      'throws',
      () => {
        throw new Error('boom')
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('boom')
      },
    ],
  ])('a caller that %s', async (_what, call) => {
    const { tracker, settlements, add } = trackerWith({}, call)
    add(1)
    await settled()
    expect(tracker.calls[0]?.error).toEqual({ code: 'failed', message: 'boom' })
    expect(settlements).toHaveLength(1)
  })
})

test('once closed, nothing starts or is delivered, and running calls can be waited for', async () => {
  const { tracker, held, settlements, add } = trackerWith({ concurrentCallsMax: 1 })
  for (const id of [1, 2]) add(id)
  const { neverStarted, running } = tracker.close()
  expect([neverStarted, running].map(calls => calls.map(({ id }) => id))).toEqual([[2], [1]])
  let hasSettled = false
  const waiting = tracker.whenSettled(running).then(() => {
    hasSettled = true
  })
  await settled()
  expect(hasSettled).toBe(false)
  tracker.cancel(running[0] as (typeof running)[number])
  expect(held[0]?.signal.aborted).toBe(true)
  held[0]?.answer(ok(1))
  await waiting
  expect(held).toHaveLength(1)
  expect(settlements).toEqual([])
  expect(tracker.calls[0]).toMatchObject({ state: 'settled', awaited: false })
})
