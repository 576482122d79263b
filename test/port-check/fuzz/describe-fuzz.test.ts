import { expect, test } from 'vitest'
import { describeFuzz } from '../../../src/port-check/fuzz/describe-fuzz.ts'

const NOTHING = { version: '0.169.0', port: 'ours', seed: 7, runs: 20, identical: 20, differing: 0 }

test('a run without a difference is one line of counts', () => {
  const report = { ...NOTHING, notRun: {}, deviations: {}, smallest: [] }
  expect(describeFuzz(report)).toBe('ours compared with 0.169.0, seed 7: 20 runs, 20 identical, 0 differ')
})

test('listed deviations and cases that were not compared are counted by name and reason', () => {
  const report = { ...NOTHING, notRun: { 'no rights': 2 }, deviations: { 'moves-a-link': 3 }, smallest: [] }
  expect(describeFuzz(report)).toContain('3 listed as moves-a-link, 2 not compared (no rights), 0 differ')
})

test('what was found is shown first, with its differences or the fault', () => {
  const differences = [{ part: 'exit' as const, expected: 0, observed: 1 }]
  const smallest = [
    { run: 4, lines: [], verdict: { kind: 'behaviour' as const, differences } },
    { run: 9, lines: [], verdict: { kind: 'error' as const, fault: 'crashed' as const, message: 'the port ended' } },
  ]
  const text = describeFuzz({ ...NOTHING, identical: 18, differing: 2, notRun: {}, deviations: {}, smallest })
  expect(text).toContain('── run 4, reduced: behaviour ──\n')
  expect(text).toContain('── run 9, reduced: error ──\nthe port ended')
  expect(text.indexOf('run 4')).toBeLessThan(text.indexOf('20 runs'))
})
