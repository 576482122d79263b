// Covers: port-check/port/port-fault.ts
import { expect, test } from 'vitest'
import type { CaseFolder } from '../../../src/port-check/check/case-folder.ts'
import type { PortCase } from '../../../src/port-check/corpus/corpus-kind.ts'
import { CORPUS_KINDS } from '../../../src/port-check/corpus/corpus-kinds.ts'
import { patientCaller } from '../../../src/port-check/port/patient-caller.ts'
import { PortFault } from '../../../src/port-check/port/port-fault.ts'
import type { PortReply, PortRequest } from '../../../src/port-check/port/port-protocol.ts'

const [kind] = CORPUS_KINDS
const OK: PortReply = { ok: true, text: 'done' }
const hang = () => new PortFault('hung', 'no answer')

/** A port that plays its answers, the last one again and again, and keeps what it was asked. */
function played(...answers: (PortReply | PortFault)[]) {
  const calls: { request: PortRequest; timeoutMs: number }[] = []
  const port = {
    name: 'played',
    async call(request: PortRequest, timeoutMs: number) {
      const answer = answers[Math.min(calls.push({ request, timeoutMs }), answers.length) - 1]
      if (answer instanceof PortFault || answer === undefined) throw answer
      return answer
    },
    async close() {},
  }
  const caller = patientCaller(port, 5_000)
  const callFor = (one: Partial<PortCase> = {}) =>
    caller(
      { kind, case: one as PortCase, profile: '0.169' } as Parameters<typeof caller>[0],
      {
        cwd: '/work',
      } as CaseFolder,
    )
  return { calls, call: callFor(), callFor }
}

test('a call gets the profile and the folder of its case', async () => {
  const { calls, call } = played(OK)
  expect(await call({ tool: 'exec', args: {} })).toBe(OK)
  expect(calls).toEqual([{ request: { profile: '0.169', cwd: '/work', tool: 'exec', args: {} }, timeoutMs: 5_000 }])
})

test('a case can take longer than usual, not shorter', async () => {
  const { calls, callFor } = played(OK)
  await callFor({ timeoutMs: 9_000 })({ tool: 'exec', args: {} })
  await callFor({ timeoutMs: 1_000 })({ tool: 'exec', args: {} })
  expect(calls.map(({ timeoutMs }) => timeoutMs)).toEqual([9_000, 5_000])
})

test('a tool that the port does not have is asked for once', async () => {
  const { calls, call } = played({ ok: false, error: { code: 'unknown-tool', message: 'no exec' } }, OK)
  for (let turn = 0; turn < 2; turn++) {
    await expect(call({ tool: 'exec', args: {} })).rejects.toMatchObject({ kind: 'not-offered', message: 'no exec' })
  }
  expect(await call({ tool: 'listDir', args: {} })).toBe(OK)
  expect(calls).toHaveLength(2)
})

test('a tool that hangs gets less time, and all of it again after an answer', async () => {
  const { calls, call } = played(hang(), hang(), OK, OK)
  for (let turn = 0; turn < 4; turn++) await call({ tool: 'exec', args: {} }).catch(() => undefined)
  expect(calls.map(({ timeoutMs }) => timeoutMs)).toEqual([5_000, 5_000, 2_000, 5_000])
})

test('after ten calls in a row without an answer a tool is not called any more; others are', async () => {
  const { calls, call } = played(hang())
  for (let turn = 0; turn < 10; turn++) {
    await expect(call({ tool: 'exec', args: {} })).rejects.toMatchObject({ name: 'PortFault', kind: 'hung' })
  }
  await expect(call({ tool: 'exec', args: {} })).rejects.toMatchObject({
    kind: 'not-run',
    message: 'exec did not answer 10 calls in a row',
  })
  await expect(call({ tool: 'listDir', args: {} })).rejects.toMatchObject({ kind: 'hung' })
  expect(calls).toHaveLength(11)
})
