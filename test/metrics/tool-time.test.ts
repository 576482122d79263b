import { expect, test } from 'vitest'
import type { ToolCallRecord } from '../../src/contracts/tool.ts'
import { runIntervals, waitIntervals } from '../../src/metrics/tool-time.ts'

function call(queuedAtMs: number, startedAtMs: number, endedAtMs: number, approvalMs = 0): ToolCallRecord {
  return { queuedAtMs, startedAtMs, endedAtMs, approvalMs } as ToolCallRecord
}

test('approval before the call is a wait between queue and start', () => {
  expect(runIntervals([call(0, 5, 9, 5)])).toEqual([{ startMs: 5, endMs: 9 }])
  expect(waitIntervals([call(0, 5, 9, 5)])).toEqual([
    { startMs: 0, endMs: 5 },
    { startMs: 9, endMs: 9 },
  ])
})

test('approval beyond that was asked inside the call, and is not run time', () => {
  expect(runIntervals([call(0, 5, 20, 11)])).toEqual([{ startMs: 5, endMs: 14 }])
  expect(waitIntervals([call(0, 5, 20, 11)])[1]).toEqual({ startMs: 14, endMs: 20 })
})

test('a wait longer than the call leaves no negative time', () => {
  expect(runIntervals([call(0, 5, 7, 100)])).toEqual([{ startMs: 5, endMs: 5 }])
})
