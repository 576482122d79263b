// Covers: report/imports/

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadComparableRun } from '../../../src/report/comparison/comparable-run.ts'
import { compareRuns } from '../../../src/report/comparison/compare-runs.ts'
import { trialsCsv } from '../../../src/report/formats/trials-csv.ts'
import { parseCsv } from '../../../src/report/imports/parse-csv.ts'
import { readCsvOutcomes } from '../../../src/report/imports/read-csv-outcomes.ts'
import { readM3ToolEval } from '../../../src/report/imports/read-m3tooleval.ts'
import { writeImportedRun } from '../../../src/report/imports/write-imported-run.ts'
import { pairedTrials, SCRIPT } from '../../helpers/compared-run.ts'
import { temporaryFolder, writeFiles } from '../../helpers/folders.ts'

const EXAMPLE = join(import.meta.dirname, '..', '..', '..', 'docs', 'examples', 'm3tooleval.csv')
const RUN = { name: 'x', source: 'test', createdAt: '2026-01-01T00:00:00.000Z', scriptbench: '0' }

function csv(text: string) {
  return readCsvOutcomes('o.csv', text)
}

describe('CSV', () => {
  test('one row a trial: levels, numbers, what is empty is not known', () => {
    const read = csv('task,model,mode,solved,turns,input_tokens,style\na,m,x,true,3,,"a,b"\na,m,y,0,4,9,""\n')
    expect(read).toMatchObject({
      ok: true,
      value: { unit: 'task', factors: [{ name: 'mode', levels: ['x', 'y'] }, { name: 'style' }] },
    })
    const [first] = read.ok ? read.value.outcomes : []
    expect(first).toEqual({
      task: 'a',
      model: 'm',
      levels: { mode: 'x', style: 'a,b' },
      playerKind: 'recorded',
      repeat: 0,
      solved: 1,
      turns: 3,
    })
  })

  test.each([
    ['an amount beyond all numbers', 'task,model,solved,turns\na,m,1,1e309\n', 'a number from 0, found "1e309"'],
    ['an average of nothing', 'model,n,solved_share\nm,0,0.5\n', 'a whole number from 1, found "0"'],
    ['a row that was cut', 'task,model,solved\na,m,1\nb,m\n', 'line 3: expected 3 cells, as in the header, found 2'],
    ['a row with an unquoted comma', 'task,model,solved\na,m,1,0\n', 'line 2: expected 3 cells'],
    ['semicolons', 'task;model;solved\na;m;1\n', 'expected cells separated by commas'],
    ['a very long name', `task,model,solved\n${'a'.repeat(301)},m,1\n`, 'a name of at most 300 characters'],
  ])('%s is refused', (_what, text, message) => {
    const read = csv(text)
    expect(!read.ok && read.error.message).toContain(message)
  })

  test('trials of one cell without numbers are numbered', () => {
    const read = csv('task,model,solved\na,m,1\na,m,0\n')
    expect(read.ok && read.value.outcomes.map(({ repeat }) => repeat)).toEqual([0, 1])
  })

  test('a lost trial has no score, a cancelled one is left out', () => {
    const read = csv('task,model,outcome\na,m,failed\nb,m,cancelled\nc,m,limited\n')
    expect(read.ok && read.value.outcomes).toMatchObject([{ task: 'a' }, { task: 'c', solved: 0, isLimited: true }])
    expect(read.ok && read.value.outcomes[0]).not.toHaveProperty('solved')
  })

  test('without tasks, models take their place', () => {
    const read = csv('model,arm,n,solved_share\na,x,10,0.5\nb,x,10,0.25\n')
    expect(read).toMatchObject({
      ok: true,
      value: { unit: 'model', outcomes: [{ task: 'a', model: 'averages of 2 models', solved: 0.5, n: 10 }, {}] },
    })
  })

  test('our own trials.csv can be read', () => {
    const read = csv([...trialsCsv(pairedTrials(2, () => ({})))].join(''))
    expect(read.ok && read.value.factors).toContainEqual({ name: 'mode', levels: ['structured-parallel', SCRIPT] })
  })

  test.each([
    ['', /expected a header/],
    ['task,model,solved\n', /at least one row/],
    ['task,model\na,m\n', /either "solved" or "outcome"/],
    ['model,solved\nm,1\n', /expected "solved_share"/],
    ['task,solved\na,1\n', /expected a column "model"/],
    ['task,model,model,solved\na,m,m,1\n', /"model" is there twice/],
    ['task,model,solved\na,m,maybe\n', /line 2, column "solved": expected true or false, found "maybe"/],
    ['task,model,solved,turns\na,m,1,-3\n', /column "turns": expected a number/],
    ['task,model,solved,turns\na,m,1,Infinity\n', /column "turns"/],
    ['model,solved_share\nm,74.4\n', /expected a share from 0 to 1/],
    ['task,model,solved\n,m,1\n', /line 2: the cell "task" is empty/],
    ['task,model,repeat,solved\na,m,0,1\na,m,0,1\n', /the same task, model, levels and repeat/],
    ['task,model,solved\n"a,m,1\n', /does not end/],
    ['task,model,solved,constructor\na,m,1,x\n', /line 1: expected names/],
    ['task,model,solved,\na,m,1,x\n', /line 1: expected names/],
  ])('%j', (text, message) => {
    const read = csv(text)
    expect(read).toMatchObject({ ok: false, error: { message: expect.stringMatching(message) } })
  })

  test('what was written is read', () => {
    const cell = fc.string({ maxLength: 8 }).filter(text => text === text.trim() && !text.includes('\r'))
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 }), rows => {
        const full = rows.map(row => ['x', ...row])
        expect(parseCsv(stringify(full))?.map(({ cells }) => cells)).toEqual(full)
      }),
      { numRuns: 50 },
    )
  })
})

describe('M3ToolEval', () => {
  test('the published averages: code − JSON', async () => {
    const read = await readM3ToolEval(EXAMPLE)
    if (!read.ok) throw new Error(read.error.message)
    const outDir = join(await temporaryFolder(), 'm3')
    expect(await writeImportedRun({ ...RUN, ...read.value, outDir })).toMatchObject({ ok: true })
    const run = await loadComparableRun(outDir)
    if (!run.ok) throw new Error(run.error.message)
    const compared = compareRuns([run.value])
    if (!compared.ok) throw new Error(compared.error.message)
    const [scope] = compared.value.scopes
    expect(scope).toMatchObject({ unit: 'model', name: 'averages of 18 models' })
    const [solved, turns] = ['solved', 'turns'].map(metric =>
      scope?.contrasts.find(each => each.metric === metric && each.contrast === 'code − json'),
    )
    expect(solved?.estimate).toBeCloseTo(0.0454, 3)
    expect(solved?.interval?.lower).toBeCloseTo(-0.0011, 3)
    expect(solved?.interval?.upper).toBeCloseTo(0.092, 3)
    expect(turns?.estimate).toBeCloseTo(0.9404, 3)
    expect(turns?.interval?.lower).toBeCloseTo(0.898, 3)
    expect(turns?.interval?.upper).toBeCloseTo(0.985, 3)
  })

  test('its output folder, task by task', async () => {
    const dir = await temporaryFolder()
    const line = (task: string, isCorrect: boolean, reason: string) =>
      `${JSON.stringify({ task_name: task, is_single_tool_task: false, action_mode: 'x', messages: [], is_correct: isCorrect, n_turns: 4, end_reason: reason })}\n`
    await writeFiles(dir, {
      'gpt/code_as_action.json': line('a', true, 'correct'),
      'gpt/json_as_action.json': line('a', false, 'limit'),
    })
    const read = await readM3ToolEval(dir)
    expect(read).toMatchObject({
      ok: true,
      value: { unit: 'task', factors: [{ name: 'action', levels: ['json', 'code'] }] },
    })
    expect(read.ok && read.value.outcomes).toMatchObject([
      { task: 'a', model: 'gpt', levels: { action: 'code' }, solved: 1, turns: 4, isLimited: false },
      { levels: { action: 'json' }, solved: 0, isLimited: true },
    ])
  })

  test('what is none of it is refused with the place', async () => {
    const dir = await temporaryFolder()
    expect(await readM3ToolEval(join(dir, 'none'))).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('nothing there') },
    })
    expect(await readM3ToolEval(dir)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('no outcomes') },
    })
    await mkdir(join(dir, 'm'))
    await writeFile(join(dir, 'm', 'code_as_action.json'), '{"task_name":"a"}\n')
    expect(await readM3ToolEval(dir)).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/line 1: is_correct/) },
    })
    const table = (await readFile(EXAMPLE, 'utf8')).replace('0.049', '4.9')
    await writeFile(join(dir, 't.csv'), table)
    expect(await readM3ToolEval(join(dir, 't.csv'))).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('line 2') },
    })
  })
})

describe('an imported run', () => {
  test('is never written over, and needs an outcome', async () => {
    const outDir = await temporaryFolder()
    const read = csv('task,model,solved\na,m,1\n')
    if (!read.ok) throw new Error(read.error.message)
    expect(await writeImportedRun({ ...RUN, ...read.value, outcomes: [], outDir })).toMatchObject({ ok: false })
    expect(await writeImportedRun({ ...RUN, ...read.value, outDir })).toMatchObject({ ok: true })
    expect(await writeImportedRun({ ...RUN, ...read.value, outDir })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('already contains a run') },
    })
  })

  test('that was tampered with is told with its line', async () => {
    const outDir = await temporaryFolder()
    const read = csv('task,model,solved\na,m,1\n')
    if (!read.ok) throw new Error(read.error.message)
    await writeImportedRun({ ...RUN, ...read.value, outDir })
    await writeFile(join(outDir, 'imported.jsonl'), '{"task":"a"}\n')
    expect(await loadComparableRun(outDir)).toMatchObject({ ok: false, error: { kind: 'corrupt', line: 1 } })
  })
})
