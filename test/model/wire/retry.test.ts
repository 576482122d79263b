// Covers: model/wire/retry-after.ts

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../src/base/random.ts'
import type { ModelAttempt, ModelFailure } from '../../../src/contracts/model.ts'
import { type AttemptResult, withRetries } from '../../../src/model/wire/retry.ts'
import { retryAfterMs } from '../../../src/model/wire/retry-after.ts'
import { fastClock } from '../../helpers/fast-clock.ts'

const GOOD: AttemptResult = { ok: true, message: { role: 'assistant', text: 'ok', toolCalls: [] } }

async function tried(failures: ModelFailure[], seed = 'seed', controller = new AbortController()) {
  const clock = fastClock()
  const attempts: ModelAttempt[] = []
  const left = [...failures]
  const result = await withRetries(
    async () => {
      const failure = left.shift()
      return failure ? { ok: false, failure } : GOOD
    },
    { clock, random: seededRandom(seed), signal: controller.signal, onAttempt: attempt => attempts.push(attempt) },
  )
  return { result, attempts, sleptMs: clock.sleptMs }
}

const busy: ModelFailure = { class: 'overloaded', message: 'busy' }

test('waits double, with a jitter that the seed decides', async () => {
  const { sleptMs } = await tried([busy, busy, busy, busy])
  for (const [index, waitedMs] of sleptMs.entries()) {
    expect(waitedMs).toBeGreaterThanOrEqual(250 * 2 ** index)
    expect(waitedMs).toBeLessThanOrEqual(500 * 2 ** index)
  }
  expect((await tried([busy, busy, busy, busy])).sleptMs).toEqual(sleptMs)
  expect((await tried([busy, busy, busy, busy], 'other')).sleptMs).not.toEqual(sleptMs)
})

test('a server that asks for more patience than a trial has is not waited for', async () => {
  const { attempts } = await tried([{ class: 'rate-limit', message: 'later', retryAfterMs: 3_600_000 }])
  expect(attempts).toHaveLength(1)
})

test.each(['auth', 'bad-request', 'context-overflow', 'truncated', 'refused'] as const)(
  '%s is final',
  async failureClass => {
    const { result, attempts } = await tried([{ class: failureClass, message: '' }])
    expect(result.ok).toBe(false)
    expect(attempts).toHaveLength(1)
  },
)

test('an abort during the wait ends the tries', async () => {
  const controller = new AbortController()
  const clock = fastClock()
  const sleep = async (durationMs: number) => {
    controller.abort()
    await clock.sleep(durationMs)
  }
  let tries = 0
  const result = await withRetries(
    async () => {
      tries++
      return { ok: false, failure: busy }
    },
    {
      clock: { ...clock, sleep },
      random: seededRandom('s'),
      signal: controller.signal,
    },
  )
  expect(result.ok).toBe(false)
  expect(tries).toBe(1)
})

test('every attempt is reported in order, whatever fails', async () => {
  const failure = fc.constantFrom<ModelFailure['class']>('rate-limit', 'overloaded', 'connection', 'auth', 'refused')
  await fc.assert(
    fc.asyncProperty(fc.array(failure, { maxLength: 8 }), async classes => {
      const { attempts, result } = await tried(classes.map(name => ({ class: name, message: '' })))
      expect(attempts.map(({ attempt }) => attempt)).toEqual(attempts.map((_, index) => index + 1))
      expect(attempts.length).toBeLessThanOrEqual(5)
      expect(attempts.at(-1)).not.toHaveProperty('backoffMs')
      expect(attempts.at(-1)?.failure === undefined).toBe(result.ok)
    }),
  )
})

const NOW = new Date('2026-03-01T12:00:00Z')

test.each([
  [{ 'retry-after': '3' }, 3_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '40', 'retry-after': '3' }, 40],
  [{ 'retry-after': 'Sun, 01 Mar 2026 12:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '-5' }, undefined],
  [{}, undefined],
])('%j asks for %s', (headers, expected) => {
  expect(retryAfterMs(new Headers(headers as Record<string, string>), NOW)).toBe(expected)
})
