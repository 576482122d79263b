// Covers: port-check/check-report/baseline.ts, port-check/check-report/describe-check.ts
// Covers: port-check/check-report/junit-xml.ts
import { describe, expect, test } from 'vitest'
import type { Verdict } from '../../../src/port-check/check/check-case.ts'
import type { CheckedCase } from '../../../src/port-check/check/check-unit.ts'
import { flipsSince, readBaseline } from '../../../src/port-check/check-report/baseline.ts'
import { describeCheck } from '../../../src/port-check/check-report/describe-check.ts'
import { junitXml } from '../../../src/port-check/check-report/junit-xml.ts'
import { portReport } from '../../../src/port-check/check-report/port-report.ts'
import { fileWith } from '../sample-ports.ts'

const DIFFERENCES = [{ part: 'text' as const, name: 'stdout', expected: 'a\nb\nc\n', observed: 'a\nB\nc\n' }]

function checked(id: string, verdict: Verdict, category = 'paths'): CheckedCase {
  return { id, tool: 'applyPatch', category, version: '0.169.0', file: 'x.jsonl', line: 2, verdict }
}

const SAME = checked('same', { kind: 'identical' })
const check = (...cases: CheckedCase[]) => ({ port: 'p', cases, staleDeviations: [] })
const ALL = check(
  SAME,
  checked('text', { kind: 'text-only', differences: DIFFERENCES }),
  checked('other', { kind: 'behaviour', differences: [{ part: 'exit', expected: 0, observed: 1 }] }),
  checked('listed', { kind: 'deviation', id: 'entry', differences: DIFFERENCES }),
  checked('loose', { kind: 'unstable' }, 'timing'),
  checked('broken', { kind: 'error', fault: 'hung', message: 'no answer\u0007 <&"' }, 'timing'),
  checked('apart', { kind: 'not-checked', why: 'not ported' }, 'apart'),
)

test('counts by category, and lists what differs', () => {
  const { summary, by_category, differences } = portReport(ALL)
  expect(summary).toEqual({ cases: 6, identical: 1, text_only: 1, behaviour: 1, deviations: 1, unstable: 1, errors: 1 })
  expect(Object.keys(by_category)).toEqual(['applyPatch/paths', 'applyPatch/timing', 'applyPatch/apart'])
  expect(by_category['applyPatch/apart']).toMatchObject({ cases: 0, not_checked: 1 })
  expect(differences.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
    'text text_only',
    'other behaviour',
    'broken error',
  ])
})

test('people are shown a table, a score with its denominator and the differences', () => {
  const text = describeCheck(ALL)
  expect(text).toContain('1 of 5 stable cases identical (20.00 %), 2 identical or listed (40.00 %)')
  expect(text).toContain('not checked: 1 cases of applyPatch: not ported')
  expect(text).toContain('text stdout (- upstream, + port)\n  a\\n\n- b\\n\n+ B\\n\n  c\\n')
})

test('JUnit XML is well-formed whatever the texts hold', () => {
  const xml = junitXml(ALL)
  expect(xml).toContain('tests="7" failures="2" errors="1" skipped="2"')
  expect(xml).toContain('<error type="hung">no answer\ufffd &lt;&amp;&quot;</error>')
  expect(xml.match(/<testcase /g)).toHaveLength(7)
})

describe('a baseline', () => {
  const baseline = async (report: object) => readBaseline(await fileWith('b.json', JSON.stringify(report)))

  test('tells what got worse and what got better', async () => {
    const before = await baseline(portReport(check(SAME, ...ALL.cases.slice(1, 3))))
    const now = check(
      checked('same', { kind: 'behaviour', differences: DIFFERENCES }),
      checked('text', { kind: 'identical' }),
      checked('other', { kind: 'behaviour', differences: DIFFERENCES }),
      checked('new', { kind: 'behaviour', differences: DIFFERENCES }, 'another category'),
    )
    expect(flipsSince(before, now).map(({ id, isRegression }) => [id, isRegression])).toEqual([
      ['same', true],
      ['text', false],
    ])
    expect(describeCheck(now, flipsSince(before, now))).toContain('since the baseline: 1 worse, 1 better')
  })

  test('is nothing but an earlier report', async () => {
    await expect(baseline({ differences: [{}] })).rejects.toThrow('expected the output of `ports check --json`')
    await expect(readBaseline('/nowhere.json')).rejects.toMatchObject({ code: 'file-not-found' })
  })
})
