// Covers: log/content.ts, log/event-fields.ts, log/redact-secrets.ts

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Clock } from '../../src/contracts/clock.ts'
import type { TrialEventBody } from '../../src/contracts/events.ts'
import type { JsonValue } from '../../src/contracts/json.ts'
import { resolveContent } from '../../src/log/content.ts'
import { readTrialLog } from '../../src/log/read-trial-log.ts'
import { redactSecrets } from '../../src/log/redact-secrets.ts'
import { createTrialLog } from '../../src/log/trial-log.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scriptbench-log-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const stepEnd: TrialEventBody = { type: 'step_end', step: 'main' }
const fileOf = () => join(dir, 'trials', 'a', 'events.jsonl')

function clockFrom(startMs: number): Clock & { advance(ms: number): void } {
  let nowMs = startMs
  return {
    nowMs: () => nowMs,
    date: () => new Date(0),
    sleep: async () => undefined,
    advance: ms => {
      nowMs += ms
    },
  }
}

async function eventsOf(file: string) {
  const read = await readTrialLog(file)
  if (!read.ok) throw new Error(read.error.message)
  return read.value.events
}

describe('writing a log', () => {
  test('puts a header first and numbers the events', async () => {
    const clock = clockFrom(5000)
    const log = createTrialLog({ file: fileOf(), clock })
    log.record(stepEnd)
    clock.advance(12.5)
    log.record({ type: 'limit_hit', limit: 'turns' })
    expect(await log.close()).toEqual({ ok: true, value: undefined })
    expect(readFileSync(fileOf(), 'utf8').split('\n')).toEqual([
      '{"log":"scriptbench","version":2}',
      '{"seq":0,"atMs":0,"type":"step_end","step":"main"}',
      '{"seq":1,"atMs":12.5,"type":"limit_hit","limit":"turns"}',
      '',
    ])
  })

  test('stores equal content once and gives the same hash again', async () => {
    const log = createTrialLog({ file: fileOf(), clock: clockFrom(0) })
    const first = log.content('message', { role: 'user', text: 'hi' })
    const second = log.content('message', { text: 'hi', role: 'user' })
    await log.close()
    expect(second).toBe(first)
    expect(await eventsOf(fileOf())).toHaveLength(1)
  })

  test('is readable up to the last flush while it is open', async () => {
    const log = createTrialLog({ file: fileOf(), clock: clockFrom(0) })
    log.record(stepEnd)
    await log.flush()
    expect(await eventsOf(fileOf())).toHaveLength(1)
    await log.close()
  })

  test('reaches the disk soon without a flush', async () => {
    const log = createTrialLog({ file: fileOf(), clock: clockFrom(0) })
    log.record(stepEnd)
    await expect.poll(() => readFileSync(fileOf(), 'utf8')).toContain('step_end')
    await log.close()
  })

  test('replaces what an interrupted attempt left', async () => {
    for (const step of ['old', 'new']) {
      const log = createTrialLog({ file: fileOf(), clock: clockFrom(0) })
      log.record({ type: 'step_end', step })
      await log.close()
    }
    expect(await eventsOf(fileOf())).toEqual([{ seq: 0, atMs: 0, type: 'step_end', step: 'new' }])
  })

  test('drops what comes after the end', async () => {
    const log = createTrialLog({ file: fileOf(), clock: clockFrom(0) })
    await log.close()
    log.record(stepEnd)
    expect(await log.close()).toEqual({ ok: true, value: undefined })
    expect(await eventsOf(fileOf())).toEqual([])
  })

  test.runIf(existsSync('/dev/full'))('tells of a full disk at the flush, never while recording', async () => {
    const log = createTrialLog({ file: '/dev/full', clock: clockFrom(0) })
    expect(() => log.record(stepEnd)).not.toThrow()
    expect(await log.flush()).toMatchObject({ ok: false, error: { kind: 'write-failed', file: '/dev/full' } })
    expect(() => log.record(stepEnd)).not.toThrow()
    expect(await log.close()).toMatchObject({ ok: false })
  })

  test('reports a folder that cannot be made', async () => {
    writeFileSync(join(dir, 'trials'), 'a file in the way')
    const log = createTrialLog({ file: fileOf(), clock: clockFrom(0) })
    log.record(stepEnd)
    expect(await log.close()).toMatchObject({ ok: false, error: { kind: 'write-failed' } })
  })

  test('survives a value that JSON cannot express', async () => {
    const log = createTrialLog({ file: fileOf(), clock: clockFrom(0) })
    const circular: Record<string, unknown> = {}
    circular.self = circular
    expect(() => log.content('message', circular as JsonValue)).not.toThrow()
    expect(await log.close()).toMatchObject({ ok: false, error: { kind: 'write-failed' } })
  })

  test('keeps any JSON content, with any characters', async () => {
    const text = fc.string({ unit: fc.nat(0xffff).map(code => String.fromCharCode(code)) })
    const value = fc.oneof(text, fc.array(text), fc.dictionary(text, fc.option(text)), fc.double())
    const values = fc.array(value, { minLength: 10, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(values, async contents => {
        const log = createTrialLog({ file: fileOf(), clock: clockFrom(0) })
        const hashes = contents.map(content => log.content('message', content as JsonValue))
        log.record({ type: 'user_prompt', step: 'line\u2028separator\r', index: 0, message: '' })
        await log.close()
        const events = await eventsOf(fileOf())
        const find = resolveContent(events)
        const stored = hashes.map(hash => find(hash)?.value)
        expect(stored).toEqual(contents.map(content => JSON.parse(JSON.stringify(content))))
        expect(events.at(-1)).toMatchObject({ step: 'line\u2028separator\r' })
      }),
      { numRuns: 5 },
    )
  })
})

describe('redaction', () => {
  const secret = 'sk-"quoted"\\and/long'

  test.each([
    ['plain', (value: string) => value],
    ['as JSON inside a text', (value: string) => JSON.stringify({ key: value })],
    ['in a URL', (value: string) => `https://example.test/?key=${encodeURIComponent(value)}`],
    ['in base64', (value: string) => Buffer.from(value).toString('base64')],
  ])('hides a secret %s', async (_name, wrap) => {
    const log = createTrialLog({ file: fileOf(), clock: clockFrom(0), redact: redactSecrets([secret]) })
    log.content('message', wrap(secret))
    await log.close()
    const [stored] = await eventsOf(fileOf())
    expect(JSON.stringify(stored)).toContain('[redacted]')
    expect(readFileSync(fileOf(), 'utf8')).not.toContain('quoted')
  })

  test('leaves lines alone when a value is too short to be a secret', () => {
    expect(redactSecrets(['', 'a'])('a line')).toBe('a line')
  })
})
