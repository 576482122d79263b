import { expect, test } from 'vitest'
import { describeRecord } from '../../../src/port-check/record/describe-record.ts'

const counts = { cases: 3, same: 3, changed: [], unstable: [], missing: [] }
const version = { version: '0.169.0', sha256: '0123456789abcdef', ...counts }
const corpus = { kind: 'applyPatch', file: 'patch.jsonl', text: '', isIdentical: true, versions: [version] }

test('an unchanged corpus says so and where it was written', () => {
  expect(describeRecord(corpus, 'new.jsonl').split('\n')).toEqual([
    'applyPatch: patch.jsonl → new.jsonl',
    '  0.169.0 (sha256 0123456789ab…): 3 cases, 3 as before, 0 new or changed, 0 found unstable',
    '  unchanged, byte for byte',
  ])
})

test('a release that was refused is shown with the reason, and nothing was written', () => {
  const refused = { ...corpus, versions: [{ ...version, refusal: 'it has no such tool' }] }
  expect(describeRecord(refused, 'new.jsonl')).toBe(
    'applyPatch: patch.jsonl\n  0.169.0: not recorded, it has no such tool',
  )
})

test('cases are listed by id, at most twenty', () => {
  const changed = Array.from({ length: 22 }, (_, index) => `c${index}`)
  const text = describeRecord(
    { ...corpus, isIdentical: false, versions: [{ ...version, changed, missing: ['m'] }] },
    'out',
  )
  expect(text).toContain('22 new or changed')
  expect(text).toContain('c19 and 2 more')
  expect(text).not.toContain('c20')
  expect(text).toContain('could not be run: m')
})

test('drift is grouped by what differs, the most frequent first', () => {
  const drifting = [
    { id: 'x', drift: ['tree'] },
    { id: 'y', drift: ['stderr'] },
    { id: 'z', drift: ['stderr'] },
  ]
  const text = describeRecord({ ...corpus, drift: { between: ['0.169.0', '0.55.0'], cases: 5, drifting } }, 'out')
  expect(text).toContain(
    'drift from 0.55.0 to 0.169.0: 2 of 5 cases do the same\n       2  stderr\n       1  tree\n    x: tree',
  )
})
