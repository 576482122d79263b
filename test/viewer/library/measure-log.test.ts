import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TrialEvent } from '../../../src/contracts/events.ts'
import { measureEvents, measureLog } from '../../../src/viewer/library/measure-log.ts'
import { temporaryFolder } from '../../helpers/folders.ts'
import { trialEvents } from '../../helpers/trial-events.ts'

async function logWith(events: readonly unknown[]): Promise<string> {
  const file = join(await temporaryFolder(), 'events.jsonl')
  const lines = [{ log: 'scriptbench', version: 1 }, ...events].map(line => `${JSON.stringify(line)}\n`)
  writeFileSync(file, lines.join(''))
  return file
}

test('a finished trial has its numbers', async () => {
  const measured = await measureLog(await logWith(trialEvents({ turns: [{}, {}] })), 'trial1')
  expect(measured).toMatchObject({ kind: 'measured', metrics: { trialId: 'trial1', turns: 2 } })
})

test('a log without an end, and one of another trial, have a reason in place of numbers', async () => {
  const open = await logWith(trialEvents({ isInterrupted: true }))
  expect(await measureLog(open, 'trial1')).toEqual({ kind: 'unreadable', reason: 'its log has no end' })
  const other = await measureLog(await logWith(trialEvents()), 'trial2')
  expect(other).toEqual({ kind: 'unreadable', reason: 'its log is that of trial trial1' })
})

test('a log that is missing or damaged has a reason that does not repeat its path', async () => {
  const file = await logWith([{ seq: 0 }])
  for (const path of [file, `${file}.none`]) {
    const measured = await measureLog(path, 'trial1')
    expect(measured).toMatchObject({ kind: 'unreadable', reason: expect.any(String) })
    expect(JSON.stringify(measured)).not.toContain(path)
  }
})

test('events that do not fit together stop nothing', () => {
  const [start, ...rest] = trialEvents({ turns: [{ calls: [{}] }] })
  const broken = rest.map(event => (event.type === 'tool_call' ? { ...event, call: undefined } : event))
  expect(measureEvents([start, ...broken] as TrialEvent[], 'trial1')).toEqual({
    kind: 'unreadable',
    reason: expect.stringMatching(/^its events do not fit together \(.+\)$/),
  })
})
