// Covers: tools/read-file/indentation-block.ts, tools/read-file/read-lines.ts

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createReadFileTool } from '../../../src/tools/read-file/read-file.ts'
import { caseFolder, folderContext, type Tree } from '../../helpers/port-corpus.ts'

const tool = createReadFileTool()

function workspace(tree: Tree, fifos: string[] = []) {
  const folder = caseFolder()
  onTestFinished(() => folder[Symbol.dispose]())
  folder.write(tree, { fifos })
  const context = folderContext(folder.cwd, '/workspace')
  return { folder, read: (args: object) => tool.run(tool.input.parse(args), context) }
}

test('can insist on absolute paths, as Codex does', async () => {
  const { folder } = workspace({ 'a.txt': { f: 'a\n' } })
  const strict = createReadFileTool({ pathsAreAbsolute: true })
  const read = (filePath: string) => strict.run(strict.input.parse({ filePath }), folderContext(folder.cwd))
  expect(await read('a.txt')).toMatchObject({ error: { message: 'file_path must be an absolute path' } })
  expect(await read(`${folder.cwd}/a.txt`)).toMatchObject({ value: { text: 'a' } })
})

test('gives plain text to scripts and numbered lines to models', async () => {
  const { read } = workspace({ 'a.txt': { f: 'one\r\ntwo\nthree' } })
  const result = await read({ filePath: 'a.txt', offset: 2 })
  expect(result).toEqual({ ok: true, value: { text: 'two\nthree', startLine: 2, endLine: 3 } })
  if (result.ok) expect(tool.render(result.value)).toBe('L2: two\nL3: three')
})

test('an empty line is a line, no line is none', () => {
  expect(tool.render({ text: '', startLine: 4, endLine: 4 })).toBe('L4: ')
  expect(tool.render({ text: '', startLine: 4, endLine: 3 })).toBe('')
})

test.each(['../x', '/etc/passwd', 'link'])('refuses %s, which leads out', async filePath => {
  const { read } = workspace({ '../x': { f: 'x' }, link: { l: '../x' } })
  expect(await read({ filePath })).toMatchObject({ error: { code: 'outside-workspace' } })
})

test('follows links as the agent sees them', async () => {
  const { read } = workspace({ 'a.txt': { f: 'a\n' }, link: { l: '/workspace/a.txt' } })
  expect(await read({ filePath: 'link' })).toMatchObject({ value: { text: 'a' } })
})

test('says why a file cannot be read, without a path of this machine', async () => {
  const { read } = workspace({ d: { d: 1 }, loop: { l: 'loop' } }, ['pipe'])
  const messages = []
  for (const filePath of ['none', 'd', 'loop', 'pipe']) messages.push(await read({ filePath }))
  expect(messages).toEqual(
    [
      ['not-found', 'No such file or directory (os error 2)'],
      ['failed', 'Is a directory (os error 21)'],
      ['failed', 'Symbolic link loop (os error 40)'],
      ['failed', 'not a regular file'],
    ].map(([code, cause]) => ({ ok: false, error: { code, message: `failed to read file: ${cause}` } })),
  )
})

test('a line without end costs no memory', async () => {
  const { folder, read } = workspace({})
  writeFileSync(join(folder.cwd, 'long'), Buffer.alloc(20_000_000, 'é'))
  const result = await read({ filePath: 'long' })
  expect(result.ok && result.value.text).toBe('é'.repeat(250))
})

describe('indentation mode', () => {
  const code = [
    'class A:',
    '  # about',
    '  def f():',
    '    x = 1',
    '',
    '    y = 2',
    '  def g():',
    '    z = 3',
    'class B:',
  ]
  const block = async (indentation: object) => {
    const { read } = workspace({ 'a.py': { f: code.join('\n') } })
    const result = await read({ filePath: 'a.py', mode: 'indentation', indentation })
    return result.ok ? [result.value.startLine, result.value.endLine] : result.error.message
  }

  test.each([
    ['one level up, with the first line at that level on either side', { anchorLine: 4, maxLevels: 1 }, [1, 9]],
    ['at most two lines', { anchorLine: 4, maxLines: 2 }, [3, 4]],
    ['the anchor alone', { anchorLine: 4, maxLines: 1 }, [4, 4]],
    ['a line behind the end', { anchorLine: 10 }, 'anchor_line exceeds file length'],
  ])('%s', async (_name, indentation, expected) => {
    expect(await block(indentation)).toEqual(expected)
  })
})
