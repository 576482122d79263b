import { expect, test } from 'vitest'
import type { Toolbox, ToolCallRecord } from '../../../src/contracts/tool.ts'
import { systemClock } from '../../../src/run/system-clock.ts'
import { capCalls } from '../../../src/run/trial/cap-calls.ts'

test('calls beyond the cap are refused and recorded, however many start together', async () => {
  const records: ToolCallRecord[] = []
  let ran = 0
  const open: Toolbox = {
    definitions: [],
    async call() {
      ran++
      return { ok: true, result: null, text: '' }
    },
  }
  const toolbox = capCalls(open, { callsMax: 3, clock: systemClock, record: call => void records.push(call) })
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, (_, index) => toolbox.call({ callId: `c${index}`, tool: 'exec', args: {} })),
  )
  expect(ran).toBe(3)
  expect(outcomes.map(outcome => outcome.ok)).toEqual([true, true, true, false, false])
  expect(outcomes[4]).toMatchObject({ error: { code: 'too-many-calls' } })
  expect(records.map(({ callId, status, effect }) => [callId, status, effect])).toEqual([
    ['c3', 'failed', 'none'],
    ['c4', 'failed', 'none'],
  ])
})
