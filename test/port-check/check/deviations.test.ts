import { expect, test } from 'vitest'
import type { JsonValue } from '../../../src/contracts/json.ts'
import { type Deviation, findDeviation } from '../../../src/port-check/check/deviations.ts'

const ENTRY: Deviation = {
  id: 'stays',
  tool: 'applyPatch',
  rule: { tag: 'quirk' },
  differs: ['more-files'],
  upstream: 'removes it',
  ours: 'keeps it',
  why: 'kept',
}

function found(expected: JsonValue, observed: JsonValue): Deviation | undefined {
  return findDeviation([ENTRY], {
    kind: 'applyPatch',
    case: { id: 'a', category: 'c', tags: ['quirk'] },
    profile: '0.169',
    outcome: { expected: {}, observed: {} },
    differences: [{ part: 'tree', expected, observed }],
  })
}

test('more files are those that upstream does not leave, with the folders that it leaves empty', () => {
  expect(found({ a: null }, { a: { f: '' } })).toBe(ENTRY)
  expect(found({ sub: { d: 1 }, 'sub/a': null }, { sub: null, 'sub/a': { f: '' } })).toBe(ENTRY)
})

test('a folder that is missing, or a file that is another, is more than that', () => {
  expect(found({ sub: { d: 1 } }, { sub: null })).toBeUndefined()
  expect(found({ sub: { d: 1 }, subs: null }, { sub: null, subs: { f: '' } })).toBeUndefined()
  expect(found({ a: { f: 'x' }, b: null }, { a: { f: 'y' }, b: { f: '' } })).toBeUndefined()
})
