import { expect, test } from 'vitest'
import { BENCH_CASES } from '../../../bench/harness/bench-case.ts'
import { describeHarness } from '../../../bench/harness/describe-harness.ts'
import { measureThroughput } from '../../../bench/harness/measure-throughput.ts'
import { measureTurns } from '../../../bench/harness/measure-turns.ts'

test('every case is measured next to its floor', async () => {
  const rows = await measureTurns({ rounds: 2, turnsPerRound: 3 })
  expect(rows.map(({ name }) => name)).toEqual(BENCH_CASES.map(({ name }) => name))
  for (const row of rows) {
    expect(row.turns).toBe(6)
    expect(row.p99Ms).toBeGreaterThanOrEqual(row.p50Ms)
    expect(row.floorP50Ms).toBeGreaterThan(0)
    expect(row.ratio).toBeCloseTo(row.p50Ms / row.floorP50Ms)
  }
})

test('whole trials are counted at each concurrency', async () => {
  const rows = await measureThroughput(0)
  expect(rows.map(({ concurrency }) => concurrency)).toEqual([1, 4, 16])
  for (const row of rows) {
    expect(row.trials).toBe(row.concurrency)
    expect(row.ratio).toBeCloseTo(row.floorTrialsPerMinute / row.trialsPerMinute)
  }
})

test('the report says which aims are met', () => {
  const text = describeHarness({
    machine: { node: 'v24.0.0', os: 'linux', cpus: 2, sandbox: 'none' },
    turns: [{ name: 'reads', turns: 6, p50Ms: 1.5, p99Ms: 3, floorP50Ms: 0.5, floorP99Ms: 1, ratio: 3 }],
    throughput: [{ concurrency: 1, trials: 1, trialsPerMinute: 600, floorTrialsPerMinute: 900, ratio: 1.5 }],
    start: [],
    peakMemoryBytes: 100 * 1024 * 1024,
    aims: [
      { name: 'a turn', measured: 1.5, max: 5, isMet: true },
      { name: 'start', measured: 1200, max: 1000, isMet: false },
    ],
  })
  expect(text).toMatch(/^reads +6 +1\.50 +3\.00 +0\.50 +1\.00 +3\.00$/m)
  expect(text).toContain('✓ a turn: 1.5 (aim: at most 5)')
  expect(text).toContain('✗ start: 1200 (aim: at most 1000)')
})
