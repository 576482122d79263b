import { expect, test } from 'vitest'
import type { ToolOutcome } from '../../../src/contracts/tool.ts'
import { withTimeout } from '../../../src/script-engine/host/with-timeout.ts'

const DONE: ToolOutcome = { ok: true, result: 1, text: '1' }
const silent = () => ({ signal: new AbortController().signal, onApprovalPending: () => {} })
const timedOut = { ok: false, error: { code: 'timed-out', message: 'slow took longer than 5 ms' } }

test('gives what the tool gives', async () => {
  expect(await withTimeout({ name: 'fast', timeoutMs: 60_000, hooks: silent(), work: async () => DONE })).toBe(DONE)
})

test('answers in time when the tool ignores its signal, which is aborted', async () => {
  let signal: AbortSignal | undefined
  const work = (hooks: { signal: AbortSignal }) => {
    signal = hooks.signal
    return new Promise<ToolOutcome>(() => {})
  }
  expect(await withTimeout({ name: 'slow', timeoutMs: 5, hooks: silent(), work })).toEqual(timedOut)
  expect(signal?.aborted).toBe(true)
})

test('the tool sees the end of its script', async () => {
  const script = new AbortController()
  const work = async ({ signal }: { signal: AbortSignal }): Promise<ToolOutcome> => {
    script.abort()
    return { ok: true, result: signal.aborted, text: '' }
  }
  const hooks = { signal: script.signal, onApprovalPending: () => {} }
  expect(await withTimeout({ name: 'x', timeoutMs: 60_000, hooks, work })).toMatchObject({ result: true })
})

test('what the tool throws is thrown', async () => {
  const work = async () => {
    throw new Error('broken')
  }
  await expect(withTimeout({ name: 'x', timeoutMs: 60_000, hooks: silent(), work })).rejects.toThrow('broken')
})

test('the clock is stopped while an approval is pending, and goes on after it', async () => {
  const pending: boolean[] = []
  const hooks = { ...silent(), onApprovalPending: (isPending: boolean) => pending.push(isPending) }
  const work = async ({ onApprovalPending }: { onApprovalPending(isPending: boolean): void }) => {
    onApprovalPending(true)
    const { promise, resolve } = Promise.withResolvers<void>()
    setTimeout(resolve, 30)
    await promise
    onApprovalPending(false)
    return new Promise<ToolOutcome>(() => {})
  }
  const startMs = performance.now()
  expect(await withTimeout({ name: 'slow', timeoutMs: 5, hooks, work })).toEqual(timedOut)
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(29)
  expect(pending).toEqual([true, false])
})
