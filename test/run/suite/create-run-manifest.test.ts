import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readManifest, writeManifest } from '../../../src/log/manifest.ts'
import { createRunManifest, type ManifestParts } from '../../../src/run/suite/create-run-manifest.ts'
import { planRun } from '../../../src/run/suite/plan-run.ts'
import { folderWith } from '../../helpers/folders.ts'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'

const prices = { inputPerMillion: 1, outputPerMillion: 2, source: 'test', date: '2026-01-01' }
const FIRST = '2026-01-01T00:00:00.000Z'
const LATER = '2026-01-02T00:00:00.000Z'

async function partsOf(fields: Record<string, unknown> = {}): Promise<ManifestParts> {
  const folder = await folderWith({ ...inlineTask('one'), ...inlineTask('two'), 'suite.yaml': inlineSuite(fields) })
  const plan = await planRun({ suiteFile: join(folder, 'suite.yaml'), overrides: {}, environment: process.env })
  return {
    plan,
    sandbox: { requested: 'auto', mechanism: 'none', policy: 'workspace-write', spawnOverheadMs: 0 },
    playerKinds: new Map([['oracle', 'oracle']]),
    createdAt: FIRST,
    startedAt: FIRST,
    trialsDone: 0,
    trialsPlanned: plan.trials.length,
  }
}

test('what is written can be read again, with every task, model and price', async () => {
  const manifest = createRunManifest(await partsOf({ models: ['oracle', { spec: 'openai/x', prices }] }))
  const file = join(await folderWith({}), 'manifest.json')
  await writeManifest(file, manifest)
  expect(await readManifest(file)).toEqual({ ok: true, value: manifest })
  expect(Object.keys(manifest.tasks)).toEqual(['one', 'two'])
  expect(manifest.models).toEqual({ oracle: { playerKind: 'oracle' }, 'openai/x': { playerKind: 'assisted', prices } })
})

test('a preamble changes its own digest only', async () => {
  const plain = createRunManifest(await partsOf())
  const own = createRunManifest(await partsOf({ preamble: 'You are terse.' }))
  const { preamble, ...others } = own.prompts
  expect(preamble).not.toBe(plain.prompts.preamble)
  expect({ preamble: plain.prompts.preamble, ...others }).toEqual(plain.prompts)
  expect(own.toolSchemas).toBe(plain.toolSchemas)
})

test('a resume keeps tasks and models, and adds a plan only where the number of trials changes', async () => {
  const before = createRunManifest(await partsOf())
  const resumed = { ...(await partsOf({ tasks: ['one'], models: ['nop'] })), before, startedAt: LATER, trialsDone: 2 }
  const same = createRunManifest({ ...resumed, trialsPlanned: before.trialsPlanned })
  expect(same.plans).toEqual([{ at: FIRST, trialsPlanned: 2, trialsDone: 0 }])
  expect(Object.keys(same.tasks)).toEqual(['one', 'two'])
  expect(Object.keys(same.models)).toEqual(['oracle', 'nop'])
  const more = createRunManifest({ ...resumed, trialsPlanned: 3 })
  expect(more.plans).toEqual([
    { at: FIRST, trialsPlanned: 2, trialsDone: 0 },
    { at: LATER, trialsPlanned: 3, trialsDone: 2 },
  ])
})

test('a manifest of an earlier version, without plans, counts its own number as the first plan', async () => {
  const { plans: _, ...before } = createRunManifest(await partsOf())
  const parts = { ...(await partsOf()), before, startedAt: LATER, trialsDone: 2, trialsPlanned: 4 }
  expect(createRunManifest(parts).plans).toEqual([
    { at: FIRST, trialsPlanned: 2, trialsDone: 0 },
    { at: LATER, trialsPlanned: 4, trialsDone: 2 },
  ])
})
