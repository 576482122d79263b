import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createCaseFolder } from '../../../src/port-check/check/case-folder.ts'
import { quirkTags } from '../../../src/port-check/fuzz/quirk-tags.ts'

function tagsOf(patch: string): string[] {
  const folder = createCaseFolder(realpathSync(mkdtempSync(join(tmpdir(), 'scriptbench-quirk-'))))
  onTestFinished(() => folder.remove())
  mkdirSync(join(folder.cwd, 'sub'), { recursive: true })
  writeFileSync(join(folder.cwd, 'a.txt'), 'a\n')
  symlinkSync('a.txt', join(folder.cwd, 'link.txt'))
  symlinkSync('.', join(folder.cwd, 'here'))
  return quirkTags({ mode: 'arg', patch } as Parameters<typeof quirkTags>[0], folder)
}

const moved = (to: string, after = '') =>
  `*** Begin Patch\n*** Update File: a.txt\n*** Move to: ${to}\n@@\n-a\n+b\n${after}*** End Patch\n`

test.each([
  ['b.txt', []],
  ['a.txt', ['quirk:move_onto_itself']],
  ['./sub/../a.txt', ['quirk:move_onto_itself']],
  ['here/a.txt', ['quirk:move_onto_itself']],
  ['link.txt', ['quirk:move_onto_itself']],
])('a move of a.txt to %s', (to, tags) => {
  expect(tagsOf(moved(to))).toEqual(tags)
})

test('a later section that names the file again has a tag of its own', () => {
  expect(tagsOf(moved('a.txt', '*** Delete File: a.txt\n'))).toEqual([
    'quirk:move_onto_itself',
    'quirk:after_move_onto_itself',
  ])
  expect(tagsOf(moved('a.txt', '*** Delete File: other.txt\n'))).toEqual(['quirk:move_onto_itself'])
})
