import { describe, expect, onTestFinished, test } from 'vitest'
import { createListDirTool } from '../../src/tools/list-dir.ts'
import { truncateOutput } from '../../src/tools/truncate-output.ts'
import { caseFolder, folderContext, readCorpus, type Tree, writeTree } from '../helpers/port-corpus.ts'
import { camelCased } from '../helpers/tool-arguments.ts'

interface ListCase {
  id: string
  tree: string
  args: string | object
  tags: string[]
  output: string
}
type Trees = Record<string, { tree: Tree; fifo?: string[] }>

const tool = createListDirTool()

describe('corpus', () => {
  /** Ours takes paths relative to the workspace, and numbers beyond 2^53 are not exact in JSON here. */
  const DEVIATIONS = ['ld-103', 'ld-121']
  const { header, cases } = readCorpus<{ trees: Trees }, ListCase>('list-dir')

  test('every case but the listed deviations', async () => {
    const different: string[] = []
    for (const [name, { tree, fifo }] of Object.entries(header.trees)) {
      using folder = caseFolder()
      writeTree(folder, tree, fifo)
      const context = folderContext(folder.cwd)
      for (const { id, args, output, tags } of cases.filter(one => one.tree === name)) {
        const given = camelCased(folder.filled(typeof args === 'string' ? args : JSON.stringify(args)))
        const parsed = tool.input.safeParse(given)
        const result = parsed.success ? await tool.run(parsed.data, context) : undefined
        const text = !result ? undefined : result.ok ? truncateOutput(tool.render(result.value)) : result.error.message
        const isSame = tags.includes('serde_error') ? text === undefined : folder.emptied(text ?? '') === output
        if (!isSame) different.push(id)
      }
    }
    expect(different.sort()).toEqual(DEVIATIONS)
  })
})

function list(tree: Tree, args: object, fifos: string[] = []) {
  const folder = caseFolder()
  onTestFinished(() => folder[Symbol.dispose]())
  writeTree(folder, tree, fifos)
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
