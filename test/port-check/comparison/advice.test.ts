import { expect, test } from 'vitest'
import {
  adviceWords,
  decide,
  moreCases,
  otherOf,
  rowName,
  type Step,
} from '../../../src/port-check/comparison/advice.ts'

const same: Step = { decidedBy: 'behaviour', reason: 'behaviour: both 3 of 4 cases' }
const text: Step = { decidedBy: 'text', reason: 'text: A 1, B 2 of 4 cases', better: 'b' }
const size: Step = { decidedBy: 'size', reason: 'size: A is shorter', better: 'a' }

test('the first step in which one is better decides, and later steps are not shown', () => {
  expect(decide([{ decidedBy: 'presence' }, same, text, size])).toEqual({
    keep: 'b',
    decidedBy: 'text',
    reasons: [same.reason, text.reason],
  })
})

test('without a difference either can be kept, with all reasons', () => {
  expect(decide([same])).toEqual({ keep: 'either', decidedBy: 'nothing', reasons: [same.reason] })
  expect(decide([])).toEqual({ keep: 'either', decidedBy: 'nothing', reasons: [] })
})

test('more cases are better, the same number is no difference', () => {
  expect(moreCases('text', { a: 2, b: 1, cases: 4 })).toEqual({
    decidedBy: 'text',
    reason: 'text: A 2, B 1 of 4 cases',
    better: 'a',
  })
  expect(moreCases('text', { a: 0, b: 1, cases: 4 }).better).toBe('b')
  expect(moreCases('behaviour', { a: 3, b: 3, cases: 4 })).toEqual(same)
})

test('an advice in words', () => {
  const rest = { decidedBy: 'nothing' as const, reasons: [] }
  expect(adviceWords({ keep: 'a', copy: [], ...rest })).toBe('keep A')
  expect(adviceWords({ keep: 'b', copy: ['readFile', 'exec'], ...rest })).toBe('keep B; copy readFile, exec from A')
  expect(adviceWords({ keep: 'either', copy: ['x'], ...rest })).toBe('either')
  expect(adviceWords({ keep: 'neither', copy: [], ...rest })).toBe('neither')
})

test('names', () => {
  expect([otherOf('a'), otherOf('b')]).toEqual(['b', 'a'])
  expect(rowName({ tool: 'applyPatch', version: '0.169.0' })).toBe('applyPatch 0.169.0')
})
