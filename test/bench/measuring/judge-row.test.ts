import { expect, test } from 'vitest'
import type { Sampled } from '../../../bench/measuring/interleave.ts'
import { figure, judgeRow } from '../../../bench/measuring/judge-row.ts'
import type { Aim, Row } from '../../../bench/measuring/row.ts'
import { TRIAL_PROFILE, trialWallMs } from '../../../bench/measuring/trial-profile.ts'

const measured = (samples: number[]): Sampled => ({ kind: 'measured', samples })

function row(given: Partial<Row> = {}): Row {
  return { id: 'r', title: 'a row', unit: 'ms', method: '', ...given }
}

function report(given: Partial<Row>, findings: Record<string, Sampled>, absent: Record<string, string> = {}) {
  return judgeRow({
    row: row(given),
    measured: new Map(Object.entries(findings)),
    absent: new Map(Object.entries(absent)),
    profile: TRIAL_PROFILE,
  })
}

const aimState = (aim: Aim, findings: Record<string, Sampled>) => report({ aims: [aim] }, findings).aims[0]

test('median, quartiles and the ratio to ours', () => {
  const { findings } = report({}, { scriptbench: measured([2, 1, 3]), run: measured([20, 10, 30, 40]) })
  expect(findings).toEqual([
    { kind: 'measured', name: 'scriptbench', samples: 3, p25: 1, median: 2, p75: 3 },
    { kind: 'measured', name: 'run', samples: 4, p25: 10, median: 20, p75: 30, ratio: 10 },
  ])
})

test('who failed and who is absent stays in the row with the reason', () => {
  const { findings } = report({}, { run: { kind: 'failed', reason: 'it hung' } }, { 'isolated-vm': 'not installed' })
  expect(findings).toEqual([
    { kind: 'failed', name: 'run', reason: 'it hung' },
    { kind: 'absent', name: 'isolated-vm', reason: 'not installed' },
  ])
})

test('an aim relative to another contender is met or missed', () => {
  const findings = { scriptbench: measured([2]), run: measured([20]) }
  expect(aimState({ kind: 'faster', than: 'run', timesMin: 10 }, findings)).toMatchObject({
    state: 'met',
    measured: '10.0×',
  })
  expect(aimState({ kind: 'faster', than: 'run', timesMin: 11 }, findings)?.state).toBe('missed')
  expect(aimState({ kind: 'ratio-at-most', to: 'run', timesMax: 0.1 }, findings)?.state).toBe('met')
})

test('an aim in the row’s own unit is met or missed', () => {
  expect(aimState({ kind: 'at-most', max: 5 }, { scriptbench: measured([5]) })?.state).toBe('met')
  expect(aimState({ kind: 'at-most', max: 5 }, { scriptbench: measured([5.1]) })?.state).toBe('missed')
})

test('an aim relative to a contender that was not measured is unknown', () => {
  expect(aimState({ kind: 'faster', than: 'run', timesMin: 2 }, { scriptbench: measured([2]) })?.state).toBe('unknown')
  expect(aimState({ kind: 'at-most', max: 5 }, {})?.state).toBe('unknown')
})

test('an aim is missed where our engine failed', () => {
  const failed = { scriptbench: { kind: 'failed', reason: 'it broke' } } as const
  expect(aimState({ kind: 'at-most', max: 5 }, failed)?.state).toBe('missed')
})

test('the share of a trial takes the unit into account', () => {
  const perTrial = { text: 'call', times: () => 10 }
  const { share } = report({ unit: 'µs', perTrial }, { scriptbench: measured([50]) })
  expect(share?.ofWallTime).toBeCloseTo((0.05 * 10) / trialWallMs(TRIAL_PROFILE), 10)
  expect(report({ unit: 'MB', perTrial }, { scriptbench: measured([50]) }).share).toBeUndefined()
})

test.each([
  [1234.5, '1235'],
  [-12.34, '-12.3'],
  [1.234, '1.23'],
  [0.0123, '0.012'],
  [0, '0.00'],
])('%d is written %s', (value, text) => {
  expect(figure(value)).toBe(text)
})
