// Covers: tools/apply-patch/apply-operations.ts, tools/apply-patch/lexical-path.ts
// Covers: tools/apply-patch/target-files.ts, tools/apply-patch/verify-operations.ts
// Covers: tools/apply-patch/write-journal.ts

import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createApplyPatchTool } from '../../../src/tools/apply-patch/apply-patch.ts'
import { caseFolder, folderContext, type Tree } from '../../helpers/port-corpus.ts'

function workspace(tree: Tree) {
  const folder = caseFolder()
  onTestFinished(() => folder[Symbol.dispose]())
  folder.write(tree)
  const context = folderContext(folder.cwd, '/workspace')
  const tool = createApplyPatchTool()
  return {
    folder,
    context,
    tool,
    apply: (...lines: string[]) =>
      tool.run({ patch: ['*** Begin Patch', ...lines, '*** End Patch'].join('\n') }, context),
  }
}

const REPLACE = (path: string, old: string, text: string) => [`*** Update File: ${path}`, '@@', `-${old}`, `+${text}`]

test('reports and renders what was added, modified and deleted', async () => {
  const { apply, tool, context } = workspace({ 'a.txt': { f: 'one\n' }, 'b.txt': { f: 'b\n' } })
  const result = await apply(
    ...REPLACE('a.txt', 'one', 'two'),
    '*** Delete File: b.txt',
    '*** Add File: /workspace/n/c.txt',
    '+c',
  )
  expect(result).toEqual({
    ok: true,
    value: { added: ['/workspace/n/c.txt'], modified: ['a.txt'], deleted: ['b.txt'] },
  })
  if (result.ok)
    expect(tool.render(result.value)).toBe(
      'Success. Updated the following files:\nA /workspace/n/c.txt\nM a.txt\nD b.txt\n',
    )
  expect(context.wrote).toEqual(['a.txt', 'b.txt', 'n/c.txt'])
})

test('names files as the agent does', async () => {
  const { apply } = workspace({ 'a.txt': { f: 'one\n' } })
  const result = await apply(...REPLACE('a.txt', 'absent', 'x'))
  expect(result).toMatchObject({
    error: { message: 'apply_patch verification failed: Failed to find expected lines in /workspace/a.txt:\nabsent' },
  })
})

describe('nothing is half applied', () => {
  test('when an operation cannot be verified', async () => {
    const { apply, folder } = workspace({ 'a.txt': { f: 'one\n' } })
    const before = folder.read()
    expect(await apply('*** Add File: new.txt', '+x', ...REPLACE('a.txt', 'absent', 'y'))).toMatchObject({ ok: false })
    expect(folder.read()).toEqual(before)
  })

  test('when a write fails half-way', async () => {
    const { apply, folder } = workspace({ 'a.txt': { f: 'one\n', m: '600' }, 'd/x': { f: 'x' }, l: { l: 'a.txt' } })
    const before = folder.read()
    const result = await apply(
      ...REPLACE('a.txt', 'one', 'two'),
      '*** Delete File: l',
      '*** Add File: made/on/the/way.txt',
      '+x',
      '*** Add File: d',
      '+x',
    )
    expect(result).toEqual({ ok: false, error: { code: 'failed', message: 'Failed to write file /workspace/d' } })
    expect(folder.read()).toEqual(before)
  })

  test('when one file occurs twice', async () => {
    const { apply } = workspace({ 'a.txt': { f: 'one\n' } })
    expect(await apply(...REPLACE('a.txt', 'one', 'two'), '*** Delete File: ./a.txt')).toMatchObject({
      error: { message: 'apply_patch verification failed: invalid patch: multiple operations target /workspace/a.txt' },
    })
  })
})

describe('stays inside the workspace', () => {
  test.each(['../outside.txt', '/etc/passwd', 'out/new.txt', 'outfile'])('%s', async path => {
    const { apply, folder } = workspace({ '../outside.txt': { f: 'x\n' }, outfile: { l: '../outside.txt' } })
    symlinkSync(join(folder.cwd, '..'), join(folder.cwd, 'out'))
    const before = folder.read()
    for (const operation of [
      ['*** Add File: ', '+x'],
      ['*** Delete File: '],
      ['*** Update File: ', '@@', '-x', '+y'],
    ]) {
      const [header, ...rest] = operation
      expect(await apply(`${header}${path}`, ...rest)).toMatchObject({ error: { code: 'outside-workspace' } })
    }
    expect(folder.read()).toEqual(before)
  })

  test('as the destination of a move', async () => {
    const { apply } = workspace({ 'a.txt': { f: 'one\n' } })
    const result = await apply('*** Update File: a.txt', '*** Move to: ../b.txt', '@@', '-one', '+two')
    expect(result).toMatchObject({ error: { code: 'outside-workspace' } })
  })
})

test('deletes a link, not what it leads to', async () => {
  const { apply, folder } = workspace({ 'a.txt': { f: 'one\n' }, l: { l: '/workspace/a.txt' } })
  expect(await apply('*** Delete File: l')).toMatchObject({ ok: true })
  expect(folder.read()).toEqual({ 'a.txt': { f: 'one\n' } })
})

test('keeps a file that is moved onto itself', async () => {
  const { apply, folder } = workspace({ 'a.txt': { f: 'one\n' }, l: { l: 'a.txt' } })
  expect(await apply('*** Update File: a.txt', '*** Move to: l', '@@', '-one', '+two')).toMatchObject({ ok: true })
  expect(folder.read()).toEqual({ 'a.txt': { f: 'two\n' }, l: { l: 'a.txt' } })
})

test('does not wait for a named pipe', async () => {
  const { apply, folder } = workspace({})
  folder.write({}, { fifos: ['pipe'] })
  expect(await apply(...REPLACE('pipe', 'a', 'b'))).toMatchObject({ ok: false })
  expect(await apply('*** Add File: pipe', '+x')).toMatchObject({ ok: false })
})

test('a path such as __proto__ and replacement signs are plain text', async () => {
  const { apply, folder } = workspace({ __proto__x: { f: '$1\n' } })
  expect(await apply('*** Add File: __proto__', '+$& $1', ...REPLACE('__proto__x', '$1', '$&$$'))).toMatchObject({
    ok: true,
  })
  expect(readFileSync(join(folder.cwd, '__proto__'), 'utf8')).toBe('$& $1\n')
  expect(readFileSync(join(folder.cwd, '__proto__x'), 'utf8')).toBe('$&$$\n')
})

test('asks for approval with the touched paths', () => {
  const { tool, context } = workspace({})
  const patch = '*** Begin Patch\n*** Delete File: a\n*** End Patch'
  expect(tool.approval?.({ patch }, context)).toEqual({
    reason: 'write',
    detail: 'apply a patch: delete a',
    isPatch: true,
  })
})

test('applies 200 hunks to a file of a megabyte without delay', async () => {
  const { apply, folder } = workspace({})
  const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index} ${'x'.repeat(40)}`)
  mkdirSync(join(folder.cwd, 'big'))
  writeFileSync(join(folder.cwd, 'big/f'), `${lines.join('\n')}\n`)
  const hunks = Array.from({ length: 200 }, (_, index) => ['@@', `-${lines[index * 100]}`, `+new ${index}`]).flat()
  expect(await apply('*** Update File: big/f', ...hunks)).toMatchObject({ ok: true })
  const result = readFileSync(join(folder.cwd, 'big/f'), 'utf8').split('\n')
  expect([result[0], result[100], result[101], result.length]).toEqual(['new 0', 'new 1', lines[101], 20_001])
})

test('thousands of equal lines cost no quadratic time', async () => {
  const { apply, folder } = workspace({ f: { f: 'a\n'.repeat(60_000) } })
  const result = await apply('*** Update File: f', '@@', ...Array<string>(30_000).fill(' a'), '-b')
  expect(result).toMatchObject({ ok: false })
  expect(await apply('*** Update File: f', '@@', ...Array<string>(60_000).fill(' a'), '+b')).toMatchObject({ ok: true })
  expect(readFileSync(join(folder.cwd, 'f'), 'utf8')).toBe(`${'a\n'.repeat(60_000)}b\n`)
})
