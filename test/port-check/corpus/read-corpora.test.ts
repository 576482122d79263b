// Covers: port-check/corpus/case-index.ts, port-check/corpus/corpus-kinds.ts, port-check/corpus/corpus-lines.ts
// Covers: port-check/kinds/case-fields.ts, port-check/kinds/patch-case.ts
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownCorpora } from '../../../src/port-check/corpus/own-corpora.ts'
import { readCorpora } from '../../../src/port-check/corpus/read-corpora.ts'
import { addCase, corpusWith, fileWith } from '../sample-ports.ts'

async function problemsOf(file: string) {
  return (await readCorpora([file])).flatMap(entry => ('problem' in entry ? [`${entry.line}: ${entry.problem}`] : []))
}

describe('a line that is no case says where and why', () => {
  test.each<[string, object | string, string]>([
    ['no JSON', '{"id":', '2: expected JSON: '],
    ['a list', '[]', '2: expected an object'],
    ['no id', { ...addCase('a'), id: 7 }, '2: id: Invalid input: expected string'],
    ['another way to start', addCase('a', { invoke: { mode: 'pigeon' } }), '2: invoke.mode: Invalid'],
    ['a file of two kinds', addCase('a', { input: { x: { f: '', l: '' } } }), '2: input.x: expected exactly one of'],
    ['a mode that is none', addCase('a', { input: { x: { f: '', m: '9' } } }), '2: input.x.m: expected an octal mode'],
    ['an exit that is none', addCase('a', { expect: { '0.169.0': { exit: 'x' } } }), '2: expect.0.169.0'],
    [
      'nothing to be the same as',
      addCase('a', { expect: { '0.55.0': { same: true } } }),
      '2: expect.0.55.0: nothing is recorded',
    ],
  ])('%s', async (_what, line, problem) => {
    const [first] = await problemsOf(await corpusWith([line]))
    expect(first).toContain(problem)
  })

  test('a second case of one id', async () => {
    expect(await problemsOf(await corpusWith([addCase('a'), addCase('a')]))).toEqual([
      '3: id: expected one case of each id, got a second a',
    ])
  })

  test('a header that names no corpus', async () => {
    const [header, line] = await problemsOf(await corpusWith([addCase('a')], { _header: true, corpus: 'nonsense' }))
    expect(header).toMatch(/^1: header: corpus: expected one of apply_patch, .*; got "nonsense"$/)
    expect(line).toBe('2: the header of its corpus is not understood')
  })

  test('a tree that the header does not have', async () => {
    const line = { id: 'r', tree: 'no', args: {}, output: '' }
    const file = await corpusWith([line], { corpus: 'read_file', trees: { yes: { tree: {} } } })
    expect(await problemsOf(file)).toEqual(["2: tree: expected one of the header's trees (yes), got no"])
  })
})

test('every own corpus is understood, line by line', async () => {
  const files = await ownCorpora()
  expect(files.length).toBeGreaterThan(6)
  const entries = await readCorpora(files)
  expect(entries.filter(entry => 'problem' in entry)).toEqual([])
  for (const file of files) {
    const [header = '{}', ...lines] = (await readFile(file, 'utf8')).trim().split('\n')
    const count = entries.filter(entry => entry.file === file).length
    expect([basename(file), count]).toEqual([basename(file), lines.length])
    expect(JSON.parse(header).cases).toBe(count)
  }
})

test('a file without a header is told by its fields', async () => {
  const lines = [addCase('a'), { id: 'h', argv: ['ls'], observed: { '0.169.0': { kind: 'not_patch' } } }]
  const entries = await readCorpora([await fileWith('x.jsonl', lines.map(line => JSON.stringify(line)).join('\n'))])
  expect(entries.map(({ kind }) => kind?.name)).toEqual(['applyPatch', 'heredoc'])
})

test('a case of the tool finds its patch beside it or in another given corpus', async () => {
  const tool = { id: 't', case: 'a', expect: { '0.169.0': { model_output: 'x' } } }
  const patches = await corpusWith([addCase('a')])
  const lonely = await fileWith('apply-patch-tool.jsonl', JSON.stringify(tool))
  expect(await problemsOf(lonely)).toEqual([expect.stringContaining('case: expected the id of a case')])
  expect((await readCorpora([lonely, patches])).some(entry => 'problem' in entry)).toBe(false)
  await copyFile(patches, join(dirname(lonely), 'apply-patch.jsonl'))
  expect(await problemsOf(lonely)).toEqual([])
})

test('whatever a file holds, it is read to its end', async () => {
  const file = await fileWith('x.jsonl', '')
  const value = fc.oneof(
    fc.json(),
    fc.string(),
    fc.constantFrom(
      ...[addCase('a'), { _header: true, corpus: 'read_file' }, { corpus: 'exec' }].map(line => JSON.stringify(line)),
    ),
    fc
      .record({ id: fc.string(), tree: fc.jsonValue(), args: fc.jsonValue(), output: fc.jsonValue() })
      .map(line => JSON.stringify(line)),
    fc
      .record({ id: fc.string(), input: fc.jsonValue(), invoke: fc.jsonValue(), expect: fc.jsonValue() })
      .map(line => JSON.stringify(line)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 6 }), async lines => {
      await writeFile(file, lines.join('\n'))
      for (const entry of await readCorpora([file])) expect('case' in entry || entry.problem !== '').toBe(true)
    }),
    { numRuns: 80 },
  )
})
