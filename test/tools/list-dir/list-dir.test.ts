// Covers: tools/cut-to-bytes.ts, tools/whole-number.ts, tools/list-dir/list-entries.ts

import { expect, onTestFinished, test } from 'vitest'
import { createListDirTool } from '../../../src/tools/list-dir/list-dir.ts'
import { caseFolder, folderContext, type Tree } from '../../helpers/port-corpus.ts'

const tool = createListDirTool()

function list(tree: Tree, args: object, fifos: string[] = []) {
  const folder = caseFolder()
  onTestFinished(() => folder[Symbol.dispose]())
  folder.write(tree, { fifos })
  return tool.run(tool.input.parse(args), folderContext(folder.cwd, '/workspace'))
}

test('gives absolute paths that other tools take', async () => {
  const result = await list({ 'd/x': { f: '' }, l: { l: 'd' } }, { dirPath: '.' }, ['p'])
  expect(result).toEqual({
    ok: true,
    value: {
      dirPath: '/workspace',
      entries: [
        { path: '/workspace/d', kind: 'directory', depth: 1 },
        { path: '/workspace/d/x', kind: 'file', depth: 2 },
        { path: '/workspace/l', kind: 'symlink', depth: 1 },
        { path: '/workspace/p', kind: 'other', depth: 1 },
      ],
      more: false,
    },
  })
  if (result.ok) expect(tool.render(result.value)).toBe('Absolute path: /workspace\nd/\n  x\nl@\np?')
})

test('a page says whether more follows', async () => {
  const tree = { a: { f: '' }, b: { f: '' }, c: { f: '' } }
  expect(await list(tree, { dirPath: '.', limit: 2 })).toMatchObject({ value: { more: true } })
  expect(await list(tree, { dirPath: '.', offset: 2, limit: 2 })).toMatchObject({ value: { more: false } })
})

test.each(['..', '/', 'out'])('refuses %s, which leads out', async dirPath => {
  expect(await list({ out: { l: '..' } }, { dirPath })).toMatchObject({ error: { code: 'outside-workspace' } })
})

test('says why a folder cannot be read', async () => {
  expect(await list({ f: { f: '' } }, { dirPath: 'f' })).toEqual({
    ok: false,
    error: { code: 'failed', message: 'failed to read directory: Not a directory (os error 20)' },
  })
})

test('can insist on absolute paths, as Codex does', async () => {
  const strict = createListDirTool({ pathsAreAbsolute: true })
  const listed = await strict.run(strict.input.parse({ dirPath: '.' }), folderContext(process.cwd()))
  expect(listed).toMatchObject({ error: { message: 'dir_path must be an absolute path' } })
})
