// Covers: port-check/comparison/case-pairs.ts, port-check/comparison/describe-comparison.ts
// Covers: port-check/comparison/tool-result.ts, port-check/comparison/tool-sources.ts
// Covers: port-check/comparison/upstream-sizes.ts
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { comparePorts, type PortComparison } from '../../../src/port-check/comparison/compare-ports.ts'
import { comparisonMarkdown, describeComparison } from '../../../src/port-check/comparison/describe-comparison.ts'
import { writeFiles } from '../../helpers/folders.ts'
import { addCase } from '../sample-ports.ts'

const lines = (...all: object[]) => all.map(one => JSON.stringify(one)).join('\n')
const TREES = { t: { tree: { 'a.txt': { f: 'x\n' } } } }
const PATH = '{{CWD}}/a.txt'

const CORPORA = {
  'patch.jsonl': lines({ _header: true, corpus: 'apply_patch' }, addCase('a', { category: 'add_file' }), addCase('b')),
  'list.jsonl': lines(
    { _header: true, corpus: 'list_dir', trees: TREES },
    { id: 'l', tree: 't', tags: ['page'], args: { dir_path: '{{CWD}}' }, output: 'Absolute path: {{CWD}}\na.txt' },
  ),
  'read.jsonl': lines(
    { _header: true, corpus: 'read_file', trees: TREES },
    { id: 'r', tree: 't', tags: ['whole'], args: { file_path: PATH }, output: 'L1: x' },
  ),
  'grep.jsonl': lines(
    { _header: true, corpus: 'grep_files', trees: TREES },
    { id: 'g', tree: 't', tags: ['grep'], args: { pattern: 'x' }, output: PATH },
  ),
  'search.jsonl': lines(
    { _header: true, corpus: 'fuzzyFileSearch', trees: TREES },
    {
      id: 's',
      tree: 't',
      query: 'a',
      roots: ['{{CWD}}'],
      result: { '0.169.0': { files: [{ root: '{{CWD}}', path: 'a.txt', score: 1, indices: [0] }] } },
    },
  ),
}

const tool = (name: string, run: string, before = '') => `${before}
export const ${name} = {
  name: '${name}',
  input: { safeParse: data => ({ success: true, data }) },
  async run(input, { workspace: { guestRoot: cwd } }) { ${run} },
  render: value => (typeof value === 'string' ? value : ''),
}`
const FS = `import { writeFileSync } from 'node:fs'`
const patch = (ends: string) =>
  `const name = /File: (.*)/.exec(input.patch)[1]
   writeFileSync(cwd + '/' + name, 'x\\n')
   return { ok: true, value: name === 'b.txt' ? '${ends}' : 'Success. Updated the following files:\\nA ' + name + '\\n' }`
const LIST = tool('listDir', `return { ok: true, value: 'Absolute path: ' + input.dirPath + '\\na.txt' }`)
const search = (files: string) => tool('fileSearch', `return { ok: true, value: { files: ${files} } }`)

const PORTS = {
  'a/port.mjs': ['patch', 'list', 'read', 'search'].map(name => `export * from './${name}.mjs'`).join('\n'),
  'a/patch.mjs': tool('applyPatch', patch('Success. Updated the following files:\\nA b.txt\\n'), FS),
  'a/list.mjs': LIST,
  'a/read.mjs': tool('readFile', `return { ok: true, value: 'L1: x' }`),
  'a/search.mjs': search(`[{ path: 'a.txt', kind: 'file', score: 1, indices: [0] }]`),
  'b/port.mjs': ['patch', 'deep/list', 'read', 'search', 'grep']
    .map(name => `export * from './${name}.mjs'`)
    .join('\n'),
  'b/patch.mjs': tool('applyPatch', patch('Done'), FS),
  'b/deep/list.mjs': LIST,
  'b/read.mjs': tool(
    'readFile',
    `await new Promise(done => setTimeout(done, 100)); return text()`,
    `import { text } from './text.mjs'`,
  ),
  'b/text.mjs': `export const text = () => ({ ok: true, value: 'L1: x' })`,
  'b/search.mjs': search('[]'),
  'b/grep.mjs': tool('grepFiles', `return { ok: true, value: cwd + '/a.txt' }`),
}

let comparison: PortComparison

beforeAll(async () => {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'scriptbench-test-'))
  await writeFiles(folder, { ...CORPORA, ...PORTS })
  const at = (name: string) => join(folder, name)
  comparison = await comparePorts({
    a: at('a/port.mjs'),
    b: at('b/port.mjs'),
    corpora: Object.keys(CORPORA).map(at),
    processesMax: 1,
    timing: { casesMax: 2, roundsMax: 4, budgetMs: 2_000 },
  })
  return () => rm(folder, { recursive: true, force: true })
})

function compared(name: string) {
  return comparison.tools.find(one => one.tool === name)
}

test('equal files are the same, wherever they lie', () => {
  expect(compared('listDir')).toMatchObject({ class: 'same', advice: { keep: 'either' }, a: { status: 'full' } })
})

test('other source that does the same is refactored, and speed decides', () => {
  expect(compared('readFile')).toMatchObject({
    class: 'refactored',
    disagreements: 0,
    speed: { faster: 'a' },
    advice: { keep: 'a', decidedBy: 'speed' },
  })
})

test('another text is different, by feature and case', () => {
  expect(compared('applyPatch')).toMatchObject({
    version: '0.169.0',
    class: 'different',
    disagreements: 1,
    a: { passed: 2, identical: 2 },
    b: { passed: 2, identical: 1 },
    features: [
      { name: 'adding files', cases: 1, a: 1, b: 1 },
      { name: 'add', cases: 1, a: 1, b: 1 },
    ],
    advice: { keep: 'a', decidedBy: 'text' },
  })
})

test('what one of them does not have is missing there', () => {
  expect(compared('grepFiles')).toMatchObject({
    class: 'missing',
    a: { status: 'missing', checked: 0 },
    b: { status: 'full' },
    advice: { keep: 'b', reasons: ['presence: A does not have it'] },
  })
})

test('what passes nothing that doing nothing would not pass is a stub', () => {
  expect(compared('fileSearch')).toMatchObject({ a: { status: 'full' }, b: { status: 'stub' }, advice: { keep: 'a' } })
})

test('sizes are those of a tool’s own files', () => {
  expect(compared('readFile')).toMatchObject({ a: { source: { lines: 6 } }, b: { source: { lines: 8 } } })
  expect(compared('readFile')?.original).toMatchObject({ release: '0.55.0', lines: 999 })
})

test('the text and the page tell what to keep', () => {
  expect(describeComparison(comparison)).toContain('overall: keep A; copy grepFiles 0.55.0 from B')
  expect(describeComparison(comparison)).toMatch(/^listDir 0\.55\.0\s+same\s+full \/ full\s+1\s+1 \/ 1/m)
  expect(comparisonMarkdown(comparison)).toContain('## fileSearch 0.169.0: keep A\n\n- presence: B has only a stub')
})
