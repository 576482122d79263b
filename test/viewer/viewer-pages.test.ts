// Covers: viewer/library/arm-names.ts, viewer/library/find-runs.ts, viewer/library/library.ts
// Covers: viewer/library/row-book.ts, viewer/library/trial-head.ts, viewer/markup/counted.ts, viewer/markup/fold.ts
// Covers: viewer/markup/outcome-mark.ts, viewer/pages/coverage.ts, viewer/pages/date-text.ts, viewer/pages/layout.ts
// Covers: viewer/pages/problem-page.ts, viewer/pages/run-page.ts, viewer/pages/runs-page.ts

import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLibrary } from '../../src/viewer/library/library.ts'
import type { PageAnswer } from '../../src/viewer/trial-answers.ts'
import { viewerPages } from '../../src/viewer/viewer-pages.ts'
import { temporaryFolder } from '../helpers/folders.ts'
import { writeRunFolder } from '../helpers/run-folder.ts'
import { trialEvents } from '../helpers/trial-events.ts'

/** A page of the viewer over a folder. */
async function show(root: string, path: string): Promise<PageAnswer> {
  return viewerPages(createLibrary(root), { isCopy: false }, new AbortController().signal).answer(path)
}

async function folderWithRun(): Promise<string> {
  const root = await temporaryFolder()
  writeRunFolder(join(root, 'run'), [
    trialEvents(),
    trialEvents({ trial: { id: 'trial2' }, arm: { mode: 'script-tool' } }),
  ])
  return root
}

const LOG = join('run', 'trials', 'trial1', 'events.jsonl')

test('a missing folder is named', async () => {
  const { status, page } = await show('/nowhere/at/all', 'index.html')
  expect(status).toBe(404)
  expect(page).toContain('/nowhere/at/all: no such folder.')
})

test('an empty folder says how a run is made', async () => {
  const { page } = await show(await temporaryFolder(), 'index.html')
  expect(page).toContain('No run here')
})

test('a run with a broken manifest is in the list with what is wrong', async () => {
  const root = await folderWithRun()
  writeFileSync(join(root, 'run', 'manifest.json'), '{"manifestVersion":1}')
  expect((await show(root, 'index.html')).page).toContain('manifest.json: not a valid run manifest (suite: ')
  expect(await show(root, 'runs/run/index.html')).toMatchObject({ status: 500 })
})

test('torn lines of a journal are counted, and the rest is shown', async () => {
  const root = await folderWithRun()
  appendFileSync(join(root, 'run', 'journal.jsonl'), '{"trial":"tri')
  const { status, page } = await show(root, 'runs/run/index.html')
  expect(status).toBe(200)
  expect(page).toContain('1 line of journal.jsonl cannot be read')
  expect(page).toContain('trials/trial2.html')
})

test('a log whose last line was cut off is shown up to there', async () => {
  const root = await folderWithRun()
  appendFileSync(join(root, LOG), '{"seq":99,"ty')
  const { status, page } = await show(root, 'runs/run/trials/trial1.html')
  expect(status).toBe(200)
  expect(page).toContain('Torn log')
})

test('a damaged line of a log is named', async () => {
  const root = await folderWithRun()
  appendFileSync(join(root, LOG), '{"seq":99}\n')
  const { status, page } = await show(root, 'runs/run/trials/trial1.html')
  expect(status).toBe(500)
  expect(page).toMatch(/line \d+ is damaged/)
})

test('a log that is gone, and one whose events do not fit together, are no defect', async () => {
  const root = await folderWithRun()
  rmSync(join(root, 'run', 'trials', 'trial2'), { recursive: true })
  expect((await show(root, 'runs/run/trials/trial2.html')).page).toContain('no such file')
  const call = { seq: 1, atMs: 1, type: 'tool_call', call: {} }
  const request = { seq: 0, atMs: 0, type: 'model_request', turn: 1, system: 's', tools: 't', messages: [] }
  const facts = { contextTokens: 1, reinjectedCopies: 0, reinjectedTokens: 0, promptDistanceTokens: 0 }
  const lines = [{ log: 'scriptbench', version: 2 }, { ...request, ...facts }, call]
  writeFileSync(join(root, LOG), lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  const { status, page } = await show(root, 'runs/run/trials/trial1.html')
  expect(status).toBe(500)
  expect(page).toContain('do not fit together')
})

test('a trial that has begun and is in no journal is shown as interrupted', async () => {
  const root = await folderWithRun()
  const folder = join(root, 'run', 'trials', 'begun')
  mkdirSync(folder, { recursive: true })
  const lines = [{ log: 'scriptbench', version: 2 }, ...trialEvents({ trial: { id: 'begun' }, isInterrupted: true })]
  writeFileSync(join(folder, 'events.jsonl'), lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  expect((await show(root, 'runs/run/index.html')).page).toContain('1 interrupted')
  expect((await show(root, 'runs/run/trials/begun.html')).page).toContain('The log has no end')
})

test('a folder that is itself a run is a list of one', async () => {
  const root = await folderWithRun()
  expect((await show(join(root, 'run'), 'index.html')).page).toContain('runs/run/index.html')
})

test('an unknown address is said to be none', async () => {
  const root = await folderWithRun()
  for (const path of ['runs/other/index.html', 'runs/run/trials/none.html', 'runs/run/pairs/trial1~none.html', 'x'])
    expect(await show(root, path)).toMatchObject({ status: 404 })
})

test('very long texts are cut, and the whole page has all of them', async () => {
  const root = await temporaryFolder()
  const text = `${'a'.repeat(30_000)}MIDDLE${'b'.repeat(30_000)}`
  writeRunFolder(join(root, 'run'), [trialEvents({ turns: [{ text }] })])
  const cut = await show(root, 'runs/run/trials/trial1.html')
  expect(cut.page).not.toContain('MIDDLE')
  expect(cut.page).toContain('characters left out')
  expect(cut.page).toContain('trial1.whole.html')
  expect((await show(root, 'runs/run/trials/trial1.whole.html')).page).toContain('MIDDLE')
})
