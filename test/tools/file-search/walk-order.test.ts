import { mkdirSync, opendirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { firstInWalkOrder } from '../../../src/tools/file-search/walk-order.ts'
import { caseFolder } from '../../helpers/port-corpus.ts'

function folderOf(paths: readonly string[]): string {
  const folder = caseFolder()
  onTestFinished(() => folder[Symbol.dispose]())
  for (const path of paths) {
    mkdirSync(join(folder.cwd, path, '..'), { recursive: true })
    writeFileSync(join(folder.cwd, path), '')
  }
  return folder.cwd
}

/** Written out plainly: everything under a folder, each folder before what is in it, the last name first. */
function walk(root: string, path = ''): string[] {
  using folder = opendirSync(join(root, path))
  const entries = []
  for (let entry = folder.readSync(); entry; entry = folder.readSync()) entries.unshift(entry)
  return entries.flatMap(entry => {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`
    return entry.isDirectory() ? [inner, ...walk(root, inner)] : [inner]
  })
}

const PATHS = Array.from({ length: 60 }, (_, index) => `d${index % 5}/e${index % 3}/file${index}`)

test('depth first, in each folder from the last name of the file system to the first', () => {
  const root = folderOf(PATHS)
  const all = walk(root)
  expect(firstInWalkOrder(root, all.toSorted(), all.length)).toEqual(all)
})

test('gives no more than wanted, of the wanted ones alone', () => {
  const root = folderOf(PATHS)
  const wanted = PATHS.filter((_, index) => index % 7 === 0)
  const expected = walk(root).filter(path => wanted.includes(path))
  expect(firstInWalkOrder(root, wanted, 4)).toEqual(expected.slice(0, 4))
})

test('what is gone meanwhile is left out', () => {
  const root = folderOf(['a/b'])
  expect(firstInWalkOrder(root, ['a/b', 'a/c', 'x/y', ''], 9)).toEqual(['', 'a/b'])
})
