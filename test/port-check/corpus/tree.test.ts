import { expect, test } from 'vitest'
import { isUsualMode, treeJson, treeOf, treeSchema } from '../../../src/port-check/corpus/tree.ts'

test('paths are sorted by their code units, and __proto__ is a file like any other', () => {
  const tree = treeOf([
    ['b', { f: '2' }],
    ['__proto__', { f: 'x' }],
    ['B', { d: 1 }],
  ])
  expect(Object.keys(tree)).toEqual(['B', '__proto__', 'b'])
  expect(Object.getPrototypeOf(tree)).toBeNull()
  expect(JSON.stringify(treeJson(tree))).toBe('{"B":{"d":1},"__proto__":{"f":"x"},"b":{"f":"2"}}')
})

test('a plain text is a file', () => {
  const given = JSON.parse('{"z": "text", "__proto__": {"f64": "AA==", "m": "600"}, "l": {"l": "z"}, "p": {"p": 1}}')
  expect(Object.entries(treeSchema.parse(given))).toEqual([
    ['__proto__', { f64: 'AA==', m: '600' }],
    ['l', { l: 'z' }],
    ['p', { p: 1 }],
    ['z', { f: 'text' }],
  ])
})

test.each([
  ['two kinds at once', { f: 'a', d: 1 }],
  ['no kind', { m: '600' }],
  ['an unknown field', { f: 'a', x: 1 }],
  ['a mode that is not octal', { f: 'a', m: '888' }],
  ['bytes that are not base64', { f64: '*' }],
  ['a number', 1],
])('an entry with %s is named by its path', (_, entry) => {
  const parsed = treeSchema.safeParse({ ok: 'text', 'a/b': entry })
  expect(parsed.error?.issues.length).toBeGreaterThan(0)
  expect(new Set(parsed.error?.issues.map(({ path }) => path[0]))).toEqual(new Set(['a/b']))
})

test.each([null, [], 'text'])('%j is not a tree', given => {
  expect(treeSchema.safeParse(given).success).toBe(false)
})

test('usual modes are those of fresh files, folders and programs', () => {
  expect(['644', '755', '600', '0644'].map(isUsualMode)).toEqual([true, true, false, false])
})
