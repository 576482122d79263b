import { expect, test } from 'vitest'
import { renderScriptOutcome } from '../../src/agent/render-script-outcome.ts'
import type { ScriptCall, ScriptOutcome } from '../../src/contracts/script.ts'

const nothing = { logs: [], logsDropped: 0, calls: [], notices: [], cacheHit: false }
const facts = { ...nothing, timings: {} as ScriptOutcome['timings'] }

function callOf(changes: Partial<ScriptCall>): ScriptCall {
  const call = { callId: 'c', tool: 'applyPatch', args: { patch: 'p' }, effect: 'write', status: 'ok' } as const
  return { ...call, startedMs: 0, ms: 1, awaited: true, ...changes }
}

test('a value is shown as JSON, a text as it is', () => {
  expect(renderScriptOutcome({ ...facts, ok: true, value: { a: 1 } })).toBe(
    '<tool-results>\nreturned:\n{\n "a": 1\n}\n</tool-results>',
  )
  expect(renderScriptOutcome({ ...facts, ok: true, value: 'two\nlines' })).toContain('returned:\ntwo\nlines')
  expect(renderScriptOutcome({ ...facts, ok: true, value: null })).toContain('null')
})

test('logs, dropped lines and notices come after the value', () => {
  const logs = [
    { level: 'log', text: 'one', atMs: 0 },
    { level: 'warn', text: 'two', atMs: 1 },
  ] as const
  expect(renderScriptOutcome({ ...facts, ok: true, logs: [...logs], logsDropped: 3, notices: ['n'] })).toBe(
    '<tool-results>\nlogs:\none\n[warn] two\n(3 further log lines dropped)\nnote: n\n</tool-results>',
  )
})

test('a failure says where it was and which effects remain', () => {
  const failure = { class: 'thrown', message: 'boom', line: 3, column: 7, frame: '> 3 | x' } as const
  const calls = [callOf({}), callOf({ status: 'failed' }), callOf({ tool: 'readFile', effect: 'read' })]
  expect(renderScriptOutcome({ ...facts, ok: false, failure, calls })).toBe(
    `<tool-results>
error (thrown) at line 3, column 7: boom
> 3 | x
Calls before the failure: 2 ok, 1 failed, 0 cancelled. Nothing is rolled back. Already done:
- applyPatch {"patch":"p"}
</tool-results>`,
  )
})

test('of many effects ten are named, long arguments cut', () => {
  const failure = { class: 'cpu', message: 'slow' } as const
  const calls = Array.from({ length: 25 }, () => callOf({ args: { patch: 'x'.repeat(5_000) } }))
  const text = renderScriptOutcome({ ...facts, ok: false, failure, calls })
  expect(text).toContain('and 15 more')
  expect(text.length).toBeLessThan(2_000)
  expect(renderScriptOutcome({ ...facts, ok: false, failure })).toContain('No tool call had run.')
})
