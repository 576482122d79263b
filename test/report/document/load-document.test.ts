// Covers: report/document/parts.ts

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadDocument } from '../../../src/report/document/load-document.ts'
import { baselineTables, missingDecisions, partsInOrder, REPORT_PARTS } from '../../../src/report/document/parts.ts'
import type { ReportDocument } from '../../../src/report/document/report-document.ts'
import { temporaryFolder } from '../../helpers/folders.ts'
import { writeRunFolder } from '../../helpers/run-folder.ts'
import { sampleRun } from '../../helpers/sample-run.ts'
import { trialEvents } from '../../helpers/trial-events.ts'

const MODELS = [{ model: 'openai/a', playerKind: 'api' as const }]

/** A run of a name in a folder of its own. */
async function runNamed(name: string, trials = sampleRun({ models: MODELS, repeats: 1 })): Promise<string> {
  const dir = join(await temporaryFolder(), name)
  writeRunFolder(dir, trials)
  return dir
}

async function loaded(run: string, against?: string): Promise<ReportDocument> {
  const document = await loadDocument(run, against)
  if (!document.ok) throw new Error(document.error.message)
  return document.value
}

test('a run has its trials and its comparison, and no baseline unless one is named', async () => {
  const document = await loaded(await runNamed('now'))
  expect(document.report.trials).toHaveLength(12)
  expect(document.comparison).toMatchObject({ scopes: [{ name: 'openai/a' }] })
  expect(document.baseline).toBeUndefined()
  expect(missingDecisions(document)).toEqual([])
  expect(baselineTables(document)).toEqual([])
})

test('an earlier run is the baseline; both are named by their folders', async () => {
  const document = await loaded(await runNamed('now'), await runNamed('before'))
  expect(document.baseline).toMatchObject({ runs: [{ folder: 'before' }, { folder: 'now' }] })
  expect(baselineTables(document)).toHaveLength(1)
  expect(missingDecisions(document)).toEqual([])
})

test('folders of one name are told apart by their paths', async () => {
  const [now, before] = [await runNamed('run'), await runNamed('run')]
  expect((await loaded(now, before)).baseline).toMatchObject({ runs: [{ folder: before }, { folder: now }] })
})

test('what cannot be compared has its reason in place of figures', async () => {
  const cancelled = [trialEvents({ outcome: { kind: 'cancelled' } })]
  const document = await loaded(await runNamed('now', cancelled), await runNamed('before', cancelled))
  expect(document.comparison).toHaveProperty('missing')
  expect(missingDecisions(document)).toEqual([
    expect.stringMatching(/^No decision: .*\.$/),
    expect.stringMatching(/^No comparison with the baseline: .*\.$/),
  ])
  expect(baselineTables(document)).toEqual([])
})

test('without a model in both runs there is no comparison with the baseline', async () => {
  const oracle = sampleRun({ models: [{ model: 'oracle', playerKind: 'oracle' }], repeats: 1 })
  const document = await loaded(await runNamed('now', oracle), await runNamed('before', oracle))
  expect(missingDecisions(document)).toEqual(['No comparison with the baseline: no model played in both runs.'])
  expect(baselineTables(document)).toEqual([])
})

test('a folder without a run is a failure, for the run and for the baseline', async () => {
  const [run, empty] = [await runNamed('now'), await temporaryFolder()]
  expect(await loadDocument(empty)).toMatchObject({ ok: false, error: { kind: 'missing' } })
  expect(await loadDocument(run, empty)).toMatchObject({ ok: false, error: { kind: 'missing' } })
})

test('parts come in one order, whatever the order of their writers; a format can take some', () => {
  const writers = { method: () => ['m'], scopes: () => ['s1', 's2'], notices: () => [], head: () => ['h'] }
  const rest = { decision: () => ['d'], facts: () => ['f'], gaps: () => ['g'] }
  expect(partsInOrder({ ...writers, ...rest }).join(' ')).toBe('h d f s1 s2 g m')
  expect(partsInOrder({ ...writers, ...rest }, ['gaps', 'head'])).toEqual(['g', 'h'])
  expect(REPORT_PARTS.at(0)).toBe('head')
})
