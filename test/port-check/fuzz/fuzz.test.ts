// Covers: port-check/fuzz/frame-text.ts, port-check/fuzz/mutate-lines.ts, port-check/fuzz/patch-script.ts
// Covers: port-check/fuzz/render-patch.ts, port-check/fuzz/run-both.ts, port-check/fuzz/tree-script.ts
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPorts } from '../../../src/port-check/check/check-ports.ts'
import { CORPUS_KINDS } from '../../../src/port-check/corpus/corpus-kinds.ts'
import { fuzz } from '../../../src/port-check/fuzz/fuzz.ts'
import type { Fuzzer } from '../../../src/port-check/fuzz/fuzzer.ts'
import { FUZZERS } from '../../../src/port-check/fuzz/fuzzers.ts'
import { listDirFuzzer } from '../../../src/port-check/fuzz/list-dir-fuzzer.ts'
import { patchFuzzer } from '../../../src/port-check/fuzz/patch-fuzzer.ts'
import { fileWith } from '../sample-ports.ts'
import { fakeUpstream } from '../upstream/fake-upstream.ts'

const NO_BEGIN = "Invalid patch: The first line of the patch must be '*** Begin Patch'"

test('a difference is made as small as it gets and is a case that a check takes', async () => {
  const program = await fakeUpstream('0.169.0', `case "$1" in *xx*) exit 3 ;; esac; echo "${NO_BEGIN}" >&2; exit 1`)
  const letters: Fuzzer = {
    kind: 'applyPatch',
    cases: check =>
      check.array(check.constantFrom('x', 'y')).map(all => {
        const invoke = { mode: 'arg', patch: `p${all.join('')}` }
        return { line: { category: 'fuzz', tags: [], input: {}, invoke } }
      }),
  }
  const report = await fuzz({ fuzzer: letters, program, runs: 20, seed: 3, shrunkMax: 1, processesMax: 1 })
  const [found] = report.smallest
  expect(found?.lines).toMatchObject([{ invoke: { patch: 'pxx' }, expect: { '0.169.0': { exit: 3 } } }])
  expect(report.identical + report.differing).toBe(20)
  const file = await fileWith('found.jsonl', `${found?.lines.map(line => JSON.stringify(line)).join('\n')}\n`)
  const { cases } = await checkPorts({ corpora: [file], processesMax: 1 })
  expect(cases.map(({ verdict }) => verdict.kind)).toEqual([found?.verdict.kind])
})

test('a case whose tree stands in a header brings its header', async () => {
  const program = await fakeUpstream('0.55.0')
  const fixed = { line: { args: { dir_path: '{{CWD}}' }, tags: [] }, tree: { tree: { a: { f: '' } } } }
  const report = await fuzz({
    fuzzer: { kind: 'listDir', cases: check => check.constant(fixed) },
    program,
    runs: 1,
    seed: 1,
    processesMax: 1,
  })
  const oracle = { '0.55.0': program.sha256 }
  expect(report.smallest[0]?.lines).toMatchObject([
    { corpus: 'list_dir', oracle, trees: { 'fuzz-1-0': fixed.tree } },
    { id: 'fuzz-1-0', tree: 'fuzz-1-0', args: fixed.line.args },
  ])
})

test('a port without the tool is told, and counts as no agreement', async () => {
  const program = await fakeUpstream('0.169.0')
  const port = await fileWith('empty.mjs', 'export const createTools = () => []')
  const report = await fuzz({ fuzzer: patchFuzzer, program, port, runs: 2, seed: 1, processesMax: 1 })
  expect(report).toMatchObject({ identical: 0, differing: 0, deviations: {} })
  expect(Object.values(report.notRun).reduce((sum, count) => sum + count, 0)).toBe(2)
})

test('a tool that the release does not have is refused', async () => {
  const program = await fakeUpstream('0.169.0')
  await expect(fuzz({ fuzzer: listDirFuzzer, program, runs: 1, seed: 1 })).rejects.toThrow(
    '0.169.0 has no tool list_dir',
  )
})

test.each(FUZZERS)('cases of $kind are understood by their kind of corpus', ({ kind, cases }) => {
  const corpus = CORPUS_KINDS.find(({ name }) => name === kind)
  const done = { expect: { '0.169.0': { exit: 0, stdout: '', stderr: '' } }, observed: {}, output: '' }
  for (const { line, tree } of fc.sample(cases(fc), 50)) {
    const open = corpus?.open({ trees: tree ? { t: tree } : {} }, { find: () => undefined })
    expect(open?.({ id: 'x', ...line, ...done, ...(tree && { tree: 't' }) })).toMatchObject({ id: 'x' })
  }
})

test('no patch names a path of this machine', () => {
  for (const { line } of fc.sample(patchFuzzer.cases(fc), 500)) {
    expect(JSON.stringify(line.invoke)).not.toMatch(/: \s*\/|\.\.\/\.\./)
  }
})
