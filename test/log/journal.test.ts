// Covers: log/log-failure.ts, log/run-files.ts

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/contracts/manifest.ts'
import { appendJournal, readJournal } from '../../src/log/journal.ts'

let dir = ''
let file = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scriptbench-journal-'))
  file = join(dir, 'journal.jsonl')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const entryOf = (trial: string, kind: 'solved' | 'unsolved' = 'solved'): JournalEntry => ({
  trial,
  outcome: { kind },
  finishedAt: '2026-01-01T00:00:00.000Z',
})

async function journal() {
  const read = await readJournal(file)
  if (!read.ok) throw new Error(read.error.message)
  return { trials: [...read.value.entries.keys()], ...read.value }
}

test('a run without a journal has finished nothing', async () => {
  expect(await journal()).toMatchObject({ trials: [], tornLines: 0 })
})

test('the last entry of a trial counts', async () => {
  await appendJournal(file, entryOf('a', 'unsolved'))
  await appendJournal(file, entryOf('b'))
  await appendJournal(file, entryOf('a'))
  const { trials, entries } = await journal()
  expect(trials).toEqual(['a', 'b'])
  expect(entries.get('a')?.outcome).toEqual({ kind: 'solved' })
})

test('many parallel writers lose nothing', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `t${index}`)
  await Promise.all(names.map(name => appendJournal(file, entryOf(name))))
  const { trials, tornLines } = await journal()
  expect(trials.sort()).toEqual(names.sort())
  expect(tornLines).toBe(0)
})

test('after a torn tail the next entry starts on a line of its own', async () => {
  await appendJournal(file, entryOf('a'))
  appendFileSync(file, '{"trial":"b","outc')
  await appendJournal(file, entryOf('c'))
  expect(await journal()).toMatchObject({ trials: ['a', 'c'], tornLines: 1 })
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4)
})

test.each(['../../etc', '.', '', '/etc', 'a/b', '-x'])('%j is not the name of a trial', async name => {
  writeFileSync(file, `${JSON.stringify(entryOf(name))}\n`)
  expect(await journal()).toMatchObject({ trials: [], tornLines: 1 })
})

test('a journal that cannot be written is a value', async () => {
  expect(await appendJournal(join(dir, 'none', 'journal.jsonl'), entryOf('a'))).toMatchObject({
    ok: false,
    error: { kind: 'write-failed' },
  })
})
