import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveContent } from '../../src/log/content.ts'
import { readTrialLog, scanTrialLog } from '../../src/log/read-trial-log.ts'

const HEADER = '{"log":"scriptbench","version":1}'
const lineOf = (seq: number) => `{"seq":${seq},"atMs":${seq},"type":"step_end","step":"s${seq}"}`

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scriptbench-log-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function logOf(...lines: string[]): string {
  const file = join(dir, 'events.jsonl')
  writeFileSync(file, lines.join('\n'))
  return file
}

test('a whole log gives its events', async () => {
  const read = await readTrialLog(logOf(HEADER, lineOf(0), lineOf(1), ''))
  expect(read).toMatchObject({ ok: true, value: { torn: false, events: [{ seq: 0 }, { seq: 1, step: 's1' }] } })
})

test('every cut of a log reads as a torn one with the whole lines before the cut', async () => {
  const whole = [HEADER, lineOf(0), lineOf(1), ''].join('\n')
  for (let length = 0; length < whole.length; length++) {
    const read = await readTrialLog(logOf(whole.slice(0, length)))
    const linesWhole = whole.slice(0, length).split('\n').length - 1
    if (!read.ok) throw new Error(read.error.message)
    expect(read.value.events.length).toBeGreaterThanOrEqual(Math.max(0, linesWhole - 1))
    expect(read.value.events.length).toBeLessThanOrEqual(linesWhole)
  }
})

test('a torn tail is reported', async () => {
  const read = await readTrialLog(logOf(HEADER, lineOf(0), '{"seq":1,"at'))
  expect(read).toMatchObject({ ok: true, value: { torn: true, events: [{ seq: 0 }] } })
})

test('zeros that a power failure left at the end are a torn tail', async () => {
  const read = await readTrialLog(logOf(HEADER, lineOf(0), '\0\0\0\0'))
  expect(read).toMatchObject({ ok: true, value: { torn: true, events: [{ seq: 0 }] } })
})

test('an empty file is a torn log', async () => {
  expect(await readTrialLog(logOf(''))).toEqual({ ok: true, value: { events: [], torn: true } })
})

test.each([
  ['a damaged line', ['{"seq":', lineOf(1)], /line 2 is damaged: not a JSON object/],
  ['a missing line', [lineOf(0), lineOf(2)], /line 3 is damaged: seq should be 1/],
  ['an unknown event', ['{"seq":0,"atMs":0,"type":"nonsense"}'], /line 2 .*unknown event type "nonsense"/],
  ['an inherited name as event', ['{"seq":0,"atMs":0,"type":"toString"}'], /unknown event type "toString"/],
  [
    'an event without its fields',
    ['{"seq":0,"atMs":0,"type":"trial_end"}'],
    /outcome of trial_end should be an object/,
  ],
  ['an array', ['[]'], /line 2 is damaged/],
])('%s is an error that names the line', async (_name, lines, message) => {
  const read = await readTrialLog(logOf(HEADER, ...lines, ''))
  expect(read).toMatchObject({ ok: false, error: { kind: 'corrupt', message: expect.stringMatching(message) } })
})

test('a newer version is refused by name', async () => {
  const read = await readTrialLog(logOf('{"log":"scriptbench","version":7}', ''))
  expect(read).toMatchObject({
    ok: false,
    error: { kind: 'newer-version', message: expect.stringContaining('log version 7') },
  })
})

test('another file is refused', async () => {
  expect(await readTrialLog(logOf('{"name":"x"}', ''))).toMatchObject({ ok: false, error: { kind: 'foreign' } })
})

test('a missing file says so', async () => {
  expect(await readTrialLog(join(dir, 'none'))).toMatchObject({ ok: false, error: { kind: 'missing' } })
})

test('lines longer than one chunk come whole, one at a time', async () => {
  const long = JSON.stringify({ seq: 0, atMs: 0, type: 'step_end', step: 'ä'.repeat(300_000) })
  const lengths: number[] = []
  await scanTrialLog(logOf(HEADER, long, lineOf(1), ''), event => {
    if (event.type === 'step_end') lengths.push(event.step.length)
  })
  expect(lengths).toEqual([300_000, 2])
})

test('content is found by its hash', () => {
  const find = resolveContent([{ seq: 0, atMs: 0, type: 'content', hash: 'h', kind: 'message', value: 'text' }])
  expect(find('h')).toMatchObject({ kind: 'message', value: 'text' })
  expect(find('other')).toBeUndefined()
})
