import { expect, test } from 'vitest'
import type { EngineRow } from '../../../bench/engine/engine-row.ts'
import { measureRow } from '../../../bench/engine/measure-row.ts'
import { ROWS } from '../../../bench/engine/rows/all-rows.ts'

const options = {
  contenders: ['scriptbench', 'node:vm'] as const,
  repetitions: 1,
  warmupMs: 0,
  onTurn: () => undefined,
}
const rowOf = (id: string) => ROWS.find(row => row.id === id) as EngineRow

test.each(['warm', 'call-parallel', 'deadlock', 'ready-loop', 'console'])('row %s gives numbers', async id => {
  const measured = await measureRow(rowOf(id), options)
  const ours = measured.get('scriptbench')
  expect(ours).toMatchObject({ kind: 'measured' })
  if (ours?.kind === 'measured') expect(ours.samples.every(Number.isFinite) && ours.samples.length > 0).toBe(true)
  for (const [name, sampled] of measured) expect(sampled, name).toMatchObject({ kind: 'measured' })
})

test('every row has an id of its own and says how it is measured', () => {
  expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length)
  for (const { id, method } of ROWS) expect(method.length, id).toBeGreaterThan(40)
})
