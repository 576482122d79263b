import { expect, test } from 'vitest'
import type { ScriptLog } from '../../../src/contracts/script.ts'
import { createRunLogs } from '../../../src/script-engine/host/run-logs.ts'

const line = (text: string, level = 0) => ({ level, json: JSON.stringify(text), atMs: 1 })

test('lines have their level, and are passed on as they come', () => {
  const seen: ScriptLog[] = []
  const logs = createRunLogs(1000, log => seen.push(log))
  for (const level of [0, 1, 2, 3, 4, 5]) logs.add(line('x', level))
  expect(logs.lines.map(log => log.level)).toEqual(['log', 'info', 'warn', 'error', 'debug', 'log'])
  expect(logs.lines[0]).toEqual({ level: 'log', text: 'x', atMs: 1 })
  expect(seen).toEqual(logs.lines)
})

test('a line that does not fit is counted and not passed on; a shorter one still fits', () => {
  const seen: ScriptLog[] = []
  const logs = createRunLogs(10, log => seen.push(log))
  for (const text of ['abcd', 'é€', 'z']) logs.add(line(text))
  expect(logs.lines.map(log => log.text)).toEqual(['abcd', 'z'])
  expect([logs.bytes, logs.dropped, seen.length]).toEqual([9, 1, 2])
})

test('more lines than a script can send are dropped, and counted with those the script dropped itself', () => {
  const logs = createRunLogs(1_000_000)
  for (let index = 0; index < 205; index++) logs.add(line('x'))
  logs.drop(7)
  expect([logs.lines.length, logs.dropped]).toEqual([200, 12])
})
