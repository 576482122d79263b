import { expect, test } from 'vitest'
import { createApprovalBridge } from '../../../src/script-engine/host/approval-bridge.ts'

test('is pending from the first call that waits to the last that stops', () => {
  let nowMs = 0
  const changes: boolean[] = []
  const approvals = createApprovalBridge(
    () => nowMs,
    () => changes.push(approvals.isPending),
  )
  for (const [atMs, id, isPending] of [
    [1, 1, true],
    [2, 2, true],
    [3, 1, false],
    [4, 1, false],
    [5, 2, false],
    [8, 3, true],
  ] as const) {
    nowMs = atMs
    approvals.set(id, isPending)
  }
  expect(changes).toEqual([true, false, true])
  expect(approvals.spans(10)).toEqual([
    { startMs: 1, endMs: 5 },
    { startMs: 8, endMs: 10 },
  ])
})
