import { expect, test } from 'vitest'
import type { ToolProgress } from '../../../src/contracts/tool.ts'
import { createOutputDeltas } from '../../../src/tools/exec/output-deltas.ts'

function deltas() {
  const told: Extract<ToolProgress, { type: 'output' }>[] = []
  const tell = createOutputDeltas(progress => {
    if (progress.type === 'output') told.push(progress)
  })
  return { told, tell }
}

test('a piece has at most 8 KiB', () => {
  const { told, tell } = deltas()
  tell('stdout', new Uint8Array(20_000))
  expect(told.map(({ chunk }) => chunk.length)).toEqual([8192, 8192, 3616])
})

test('the first 10 000 pieces of each stream are reported', () => {
  const { told, tell } = deltas()
  for (let count = 0; count < 10_005; count++) tell('stdout', new Uint8Array(1))
  tell('stderr', new Uint8Array(1))
  expect(told.length).toBe(10_001)
  expect(told.at(-1)?.stream).toBe('stderr')
})
