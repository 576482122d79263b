import { expect, test } from 'vitest'
import { corpusJson, isSameJson, rawMembers, withMembers } from '../../../src/port-check/record/corpus-json.ts'

const LINE = '{"id":"a",  "tree": {"10": 1, "2": {"x": [1.0, "},{"]}, "a": "\\"}"}, "n": 0.0}'

test('members are taken as they are written', () => {
  expect([...rawMembers(LINE)]).toEqual([
    ['id', '"a"'],
    ['tree', '{"10": 1, "2": {"x": [1.0, "},{"]}, "a": "\\"}"}'],
    ['n', '0.0'],
  ])
  expect([...rawMembers('{}')]).toEqual([])
})

test('an equal value keeps its bytes, another one is written like the rest', () => {
  const tree = { a: '"}', '2': { x: [1, '},{'] }, '10': 1 }
  expect(withMembers(LINE, { tree, n: 0, more: { a: [1, null] } })).toBe(
    '{"id": "a", "tree": {"10": 1, "2": {"x": [1.0, "},{"]}, "a": "\\"}"}, "n": 0.0, "more": {"a": [1, null]}}',
  )
  expect(withMembers(LINE, { tree: undefined, n: 1 })).toBe('{"id": "a", "n": 1}')
})

test('what is new comes before the changes that follow it', () => {
  expect(withMembers('{"id": "a", "expect": {}, "note": 1}', { drift: [], expect: { a: 1 }, last: 2 })).toBe(
    '{"id": "a", "drift": [], "expect": {"a": 1}, "note": 1, "last": 2}',
  )
})

test('a blank follows every comma and colon', () => {
  expect(corpusJson({ a: [1, 'x, y: z'], b: {}, c: [] })).toBe('{"a": [1, "x, y: z"], "b": {}, "c": []}')
})

test('objects without a prototype are equal to others', () => {
  expect(isSameJson(Object.assign(Object.create(null), { a: 1, b: 2 }), { b: 2, a: 1 })).toBe(true)
  expect(isSameJson({ a: 1 }, { a: 1, b: null })).toBe(false)
})
