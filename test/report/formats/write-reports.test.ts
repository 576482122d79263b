// Covers: report/comparison/comparison-words.ts, report/document/arms.ts, report/document/load-run.ts
// Covers: report/formats/csv-row.ts, report/formats/trials-csv.ts, report/tables/gap-tables.ts

import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runFiles } from '../../../src/log/run-files.ts'
import { COLUMNS } from '../../../src/metrics/columns/columns.ts'
import { resultsSchema } from '../../../src/report/formats/results-schema.ts'
import { REPORT_FORMATS, writeReports } from '../../../src/report/formats/write-reports.ts'
import { writeRunFolder } from '../../helpers/run-folder.ts'
import { sampleRun } from '../../helpers/sample-run.ts'
import { trialEvents } from '../../helpers/trial-events.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scriptbench-report-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const demo = () =>
  sampleRun({
    models: [
      { model: 'oracle', playerKind: 'oracle' },
      { model: 'openai/a', playerKind: 'api' },
    ],
  })

type Name = 'csv' | 'contrasts' | 'json' | 'compare' | 'md' | 'html'
const FILES: Record<Name, string> = {
  csv: 'trials.csv',
  contrasts: 'contrasts.csv',
  json: 'results.json',
  compare: 'compare.json',
  md: 'report.md',
  html: 'report.html',
}

async function write(): Promise<Record<Name, string>> {
  const written = await writeReports({ runDir: dir, formats: REPORT_FORMATS })
  if (!written.ok) throw new Error(written.error.message)
  const texts = new Map(written.value.map(file => [basename(file), readFileSync(file, 'utf8')]))
  const entries = Object.entries(FILES).map(([name, file]) => [name, texts.get(file) ?? ''])
  return Object.fromEntries(entries) as Record<Name, string>
}

describe('documents', () => {
  test('are the named files, in the order asked for', async () => {
    writeRunFolder(dir, demo())
    const written = await writeReports({ runDir: dir, formats: ['html', 'csv'] })
    const files = ['report.html', 'trials.csv', 'contrasts.csv'].map(name => join(dir, name))
    expect(written).toEqual({ ok: true, value: files })
  })

  test('have the same bytes for the same logs, whatever the order in the journal', async () => {
    writeRunFolder(dir, demo())
    const first = await write()
    writeRunFolder(dir, demo().reverse())
    expect(await write()).toEqual(first)
  })

  test('have the same bytes wherever the run’s folder is', async () => {
    writeRunFolder(dir, demo())
    const first = await write()
    const moved = `${dir}-moved`
    renameSync(dir, moved)
    dir = moved
    expect(await write()).toEqual(first)
  })

  test('of a run without anything to compare are not written for it', async () => {
    writeRunFolder(dir, [trialEvents()])
    const { compare, contrasts, csv } = await write()
    expect([compare, contrasts]).toEqual(['', ''])
    expect(csv).toContain('trial1')
  })

  test('rest on the logs alone: what was written before does not count', async () => {
    writeRunFolder(dir, demo())
    const first = await write()
    writeFileSync(join(dir, 'trials.csv'), 'nonsense')
    expect(await write()).toEqual(first)
  })

  test('of a run without any trial say so', async () => {
    writeRunFolder(dir, [], { trialsPlanned: 12 })
    const { csv, md, html, json } = await write()
    expect(csv.trim().split('\n')).toHaveLength(1)
    expect(md).toContain('No trial was scored')
    expect(html).toContain('0 of 12 planned trials done')
    expect(resultsSchema.safeParse(JSON.parse(json)).error).toBeUndefined()
  })

  test('of a folder that is no run are refused with the reason', async () => {
    const written = await writeReports({ runDir: join(dir, 'none'), formats: ['csv'] })
    expect(written).toMatchObject({ ok: false, error: { kind: 'missing' } })
  })
})

describe('trials.csv', () => {
  test('has one row a trial and a column for each custom factor', async () => {
    writeRunFolder(dir, [
      trialEvents({ trial: { id: 'a' }, arm: { custom: { tone: 'terse', turns: 'x' } } }),
      trialEvents({ trial: { id: 'b' } }),
    ])
    const [header = '', ...rows] = (await write()).csv.trim().split('\n')
    expect(header.split(',')).toEqual([...COLUMNS.map(column => column.name), 'tone', 'factor_turns'])
    expect(rows.map(row => row.split(',').at(-2)).sort()).toEqual(['', 'terse'])
  })

  test('leaves unknown cells empty and spells out booleans', async () => {
    writeRunFolder(dir, [trialEvents({ trial: { id: 'a' }, turns: [{ script: {} }] })])
    const [header = '', row = ''] = (await write()).csv.trim().split('\n')
    const cell = (name: string) => row.split(',')[header.split(',').indexOf(name)]
    expect(cell('cost_usd')).toBe('')
    expect(cell('script_first_run_ok')).toBe('true')
    expect(cell('errors_tool')).toBe('0')
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('a task named %j is no formula', async task => {
    writeRunFolder(dir, [trialEvents({ trial: { id: 'a', task } })])
    const [, row = ''] = (await write()).csv.trim().split('\n')
    expect(row.split(',')[1]?.replace(/^"/, '')).toMatch(/^'/)
  })
})

describe('results.json', () => {
  test('keeps to its schema', async () => {
    writeRunFolder(dir, demo())
    const results: unknown = JSON.parse((await write()).json)
    expect(resultsSchema.safeParse(results).error).toBeUndefined()
  })

  test('compare.json has the contrasts, contrasts.csv a row for each', async () => {
    writeRunFolder(dir, demo())
    const { compare, contrasts } = await write()
    const scopes: { contrasts: unknown[]; strata: { contrasts: unknown[] }[] }[] = JSON.parse(compare).scopes
    const rows = scopes.flatMap(scope => [...scope.contrasts, ...scope.strata.flatMap(stratum => stratum.contrasts)])
    expect(contrasts.trim().split('\n')).toHaveLength(1 + rows.length)
  })
})

describe('gaps', () => {
  test('a damaged log is named and in no number', async () => {
    writeRunFolder(dir, demo())
    appendFileSync(runFiles(dir).trialLog('t0003'), '{"seq":999}\n')
    const { csv, html, json } = await write()
    expect(csv).not.toContain('t0003')
    expect(html).toContain('Logs that could not be read')
    expect(JSON.parse(json).coverage.unreadable).toEqual([{ trial: 't0003', reason: expect.stringContaining('seq') }])
  })

  test('a missing log, an unfinished log and a log of another trial are named', async () => {
    writeRunFolder(dir, [trialEvents({ trial: { id: 'a' } }), trialEvents({ trial: { id: 'b' }, isInterrupted: true })])
    const entry = (trial: string) => `${JSON.stringify({ trial, outcome: { kind: 'solved' }, finishedAt: 'x' })}\n`
    appendFileSync(runFiles(dir).journal, entry('c'))
    const { json } = await write()
    expect(JSON.parse(json).coverage).toMatchObject({
      done: 3,
      scored: 1,
      unreadable: [
        { trial: 'b', reason: 'its log has no end' },
        { trial: 'c', reason: 'no such file' },
      ],
    })
  })

  test('a log whose events do not fit together stops nothing', async () => {
    const events = trialEvents({ trial: { id: 'a' } }).map(event =>
      event.type === 'model_attempt' ? { ...event, attempt: {} as never } : event,
    )
    const broken = trialEvents({ trial: { id: 'b' }, turns: [{ calls: [{}] }] }).map(event =>
      event.type === 'tool_call' ? { ...event, call: {} as never } : event,
    )
    writeRunFolder(dir, [events, broken, trialEvents({ trial: { id: 'c' } })])
    const { json, csv } = await write()
    expect(JSON.parse(json).coverage.unreadable).toMatchObject([{ trial: 'b' }])
    expect(csv).not.toContain('NaN')
  })
})
