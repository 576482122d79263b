import { lstatSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { createCaseFolder } from '../../../src/port-check/check/case-folder.ts'
import { type Tree, treeSchema } from '../../../src/port-check/corpus/tree.ts'

function folder() {
  const parent = mkdtempSync(join(realpathSync(tmpdir()), 'scriptbench-test-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return createCaseFolder(join(parent, 'case'))
}

const plain = (tree: Tree) => Object.entries(tree)

test('what is written is read back', () => {
  const made = folder()
  const tree = treeSchema.parse(
    JSON.parse(`{"a.txt": "in {{CWD}}", "__proto__": {"f": "p"}, "b": {"f64": "//4K", "m": "600"}, "d": {"d": 1},
      "l": {"l": "{{ROOT}}/x"}, "../up/c": {"f": "c", "m": "755"}, "./e//f": {"f": ""}, "p": {"p": 1}}`),
  )
  made.write(tree)
  expect(plain(made.read())).toEqual(plain(made.comparable(tree)))
  expect(Object.keys(made.read())).toEqual(['../up/c', '__proto__', 'a.txt', 'b', 'd', 'e/f', 'l', 'p'])
  expect(made.read()['a.txt']).toEqual({ f: 'in {{CWD}}' })
})

test('any tree of texts survives', () => {
  const name = fc
    .string({ minLength: 1, maxLength: 12 })
    .filter(text => !/^\.\.?$|[/\0]|\{\{/.test(text) && text.isWellFormed())
  fc.assert(
    fc.property(fc.dictionary(name, fc.string()), texts => {
      const made = folder()
      const tree = treeSchema.parse(texts)
      made.write(tree)
      expect(plain(made.read())).toEqual(plain(made.comparable(tree)))
      made.remove()
    }),
    { numRuns: 30 },
  )
})

test('times follow the order of the names, those of links included', () => {
  const made = folder()
  made.write(treeSchema.parse({ b: '', 'a/x': '', c: { l: 'b' } }), { hasOrderedTimes: true })
  const seconds = ['a/x', 'b', 'c'].map(name => lstatSync(join(made.cwd, name)).mtimeMs / 1000)
  expect(seconds).toEqual([1_700_000_000, 1_700_000_010, 1_700_000_020])
})

test('sees what is changed outside it, and nothing else', () => {
  const made = folder()
  writeFileSync(join(made.cwd, 'x'), '')
  writeFileSync(join(made.root, 'y'), '')
  expect(made.damageOutside()).toBeUndefined()
  symlinkSync('x', join(made.root, '..', 'z'))
  expect(made.damageOutside()).toBe('it made "z" outside its tree')
  rmSync(join(made.root, '..', 'z'))
  rmSync(join(made.root, '..', 'not-yours.txt'))
  expect(made.damageOutside()).toBe('it changed a file outside its tree')
})
