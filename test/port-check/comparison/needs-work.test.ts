// Covers: port-check/comparison/features.ts
import { mkdtempSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { CasePair } from '../../../src/port-check/comparison/case-pairs.ts'
import { featuresOf, hasFeature } from '../../../src/port-check/comparison/features.ts'
import { needsWork } from '../../../src/port-check/comparison/needs-work.ts'
import { readCorpora } from '../../../src/port-check/corpus/read-corpora.ts'
import { selectCases } from '../../../src/port-check/corpus/select-cases.ts'
import { addCase, fileWith } from '../sample-ports.ts'

/** The cases of a corpus, all passed by A and failed by B. */
async function pairsOf(...lines: object[]): Promise<CasePair[]> {
  const file = await fileWith('cases.jsonl', `${lines.map(line => JSON.stringify(line)).join('\n')}\n`)
  const { cases } = selectCases(await readCorpora([file]), {})
  return cases.map(selected => {
    const { kind, source } = selected
    const { category, tags } = selected.case
    const verdicts = { a: { kind: 'identical' as const }, b: { kind: 'behaviour' as const, differences: [] } }
    return { tool: kind.tool, kind: kind.name, category, tags, source, selected, ...verdicts }
  })
}

function scratch(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'scriptbench-idle-')))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

const PATCHES = { _header: true, corpus: 'apply_patch' }
const LISTS = { _header: true, corpus: 'list_dir', trees: { t: { tree: { 'a.txt': { f: 'x\n' } } } } }
const list = (id: string, args: object) => ({
  id,
  tree: 't',
  tags: [],
  args: { dir_path: '{{CWD}}', ...args },
  output: 'x',
})

test('a case that changes files needs a port that works', async () => {
  expect(await needsWork(await pairsOf(PATCHES, addCase('a')), scratch())).toBe(true)
})

test('without a case nothing is needed', async () => {
  expect(await needsWork([], scratch())).toBe(false)
})

test('features come from categories and arguments, each with the cases of both ports', async () => {
  const features = featuresOf(
    await pairsOf(LISTS, list('l', {}), list('deep', { depth: 2 }), list('page', { offset: 1 })),
  )
  const named = Object.fromEntries(features.map(feature => [feature.name, feature]))
  expect(named.depth).toMatchObject({ cases: 1, a: 1, b: 0 })
  expect(named['offset and limit']).toMatchObject({ cases: 1, a: 1, b: 0 })
  expect(features.every(feature => hasFeature(feature, 'a') && !hasFeature(feature, 'b'))).toBe(true)
})
