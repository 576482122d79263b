import { describe, expect, test } from 'vitest'
import { compareOutcome } from '../../../src/port-check/check/compare-outcome.ts'
import { type ExecCase, execCase } from '../../../src/port-check/exec/exec-case.ts'
import { expectedOf, observedOf } from '../../../src/port-check/exec/exec-outcome.ts'
import type { PortReply } from '../../../src/port-check/port/port-protocol.ts'

const caseOf = (fields: object): ExecCase =>
  execCase.parse({
    id: 'x',
    group: 'g',
    approval: 'never',
    sandbox: 'danger-full-access',
    decision: 'approved',
    model: 'test-gpt-5-codex',
    tool: 'shell',
    args: {},
    events: ['exec_command_begin', 'delta', 'exec_command_end'],
    ...fields,
  })

const hello = caseOf({
  end: { stdout: 'hi\n', stderr: '', aggregated_output: 'hi\n', exit_code: 0, formatted_output: 'hi\n' },
  model_output: '{"output":"hi\\n","metadata":{"exit_code":0,"duration_seconds":{{S}}}}',
  delta_bytes: { stdout: 'hi\n' },
  seconds: 0.1,
})

const output = (text: string, atMs = 0, stream = 'stdout') => ({
  type: 'output',
  stream,
  base64: Buffer.from(text).toString('base64'),
  atMs,
})

function replyWith(result: object = {}, events: object[] = [output('hi\n')]): PortReply {
  const whole = { exitCode: 0, stdout: 'hi\n', stderr: '', aggregatedOutput: 'hi\n', timedOut: false, durationMs: 110 }
  return {
    ok: true,
    result: { ...whole, ...result },
    text: '{"output":"hi\\n","metadata":{"exit_code":0,"duration_seconds":0.1}}',
    events: [...events, { type: 'formatted', text: 'hi\n' }] as never,
  }
}

const failing = (code: string, message: string, events: object[] = []): PortReply => ({
  ok: false,
  error: { code, message },
  events: events as never,
})

const differencesOf = (one: ExecCase, reply: PortReply) =>
  compareOutcome({ expected: expectedOf(one), observed: observedOf(reply, one, text => text) }).map(
    ({ part, name = '' }) => `${part} ${name}`.trim(),
  )

describe('a command', () => {
  test('that does the same is identical, a little slower or not', () => {
    expect(differencesOf(hello, replyWith())).toEqual([])
    expect(differencesOf(hello, replyWith({ durationMs: 1_500 }))).toEqual([])
  })

  test.each([
    ['another exit code', replyWith({ exitCode: 1 }), ['exit']],
    ['other output', replyWith({ stdout: 'ho\n' }), ['text stdout']],
    ['no output while it ran', replyWith({}, []), ['events', 'text stdout deltas']],
    ['far too late', replyWith({ durationMs: 9_000 }), ['result']],
  ])('%s is told', (_, reply, expected) => {
    expect(differencesOf(hello, reply)).toEqual(expected)
  })

  test('that cannot be started fails in upstream words', () => {
    const message = 'execution error: Io(Os { code: 2, kind: NotFound, message: "No such file or directory" })'
    const one = caseOf({
      events: ['exec_command_begin', 'exec_command_end'],
      end: { stdout: '', stderr: message, aggregated_output: message, exit_code: -1, formatted_output: message },
      model_output: message,
    })
    expect(differencesOf(one, failing('not-found', 'cannot run `x`: No such file or directory'))).toEqual([])
    expect(differencesOf(one, failing('failed', 'cannot run `x`: Permission denied'))).not.toEqual([])
  })

  test('that is asked about, denied and tried again announces all of it in order', () => {
    const one = caseOf({
      events: ['exec_command_begin', 'delta', 'exec_approval_request:why', 'delta', 'exec_command_end'],
      end: { stdout: 'hi\n', stderr: '', aggregated_output: 'hi\n', exit_code: 0, formatted_output: 'hi\n' },
      model_output: '{"output":"hi\\n","metadata":{"exit_code":0,"duration_seconds":{{S}}}}',
      delta_bytes: { stdout: 'hi\nhi\n' },
    })
    const asked = { type: 'approval', isPatch: false, explanation: 'why' }
    expect(differencesOf(one, replyWith({}, [output('h'), output('i\n'), asked, output('hi\n')]))).toEqual([])
    expect(differencesOf(one, replyWith({}, [output('hi\nhi\n')]))).toEqual(['events'])
  })

  test('refused before it was anything announces nothing', () => {
    const message = 'approval policy is Never; reject command — …'
    const one = caseOf({ events: [], begin: null, end: null, model_output: message })
    expect(differencesOf(one, failing('denied', message))).toEqual([])
  })

  test('that ended the turn has neither an end nor an answer', () => {
    const one = caseOf({ events: ['exec_command_begin', 'exec_approval_request:None'], end: null, model_output: null })
    const asked = { type: 'approval', isPatch: false, explanation: null }
    expect(differencesOf(one, failing('cancelled', 'exec was cancelled', [asked]))).toEqual([])
  })

  test('whose process ids and simultaneous writes differ is the same', () => {
    const one = caseOf({
      end: { stdout: 'o', stderr: '{{PID}} e', aggregated_output: '{{PID}} eo', exit_code: 0, formatted_output: 'x' },
      model_output: 'x',
      delta_bytes: { stdout: 'o', stderr: '{{PID}} e' },
    })
    const reply = replyWith({ stdout: 'o', stderr: '12 e', aggregatedOutput: '12 eo' }, [
      output('12 e', 0, 'stderr'),
      output('o', 3),
    ])
    const texts = differencesOf(one, reply)
    expect(texts).toEqual(['text formatted', 'text model'])
  })
})

describe('a patch', () => {
  const changes = [{ kind: 'update', path: '/w/a', before: 'k\n', after: 'K\n', movedTo: '/o/b' }]
  const one = caseOf({
    events: ['apply_patch_approval_request:None', 'patch_apply_begin', 'delta', 'patch_apply_end'],
    begin: {
      auto_approved: false,
      changes: { '/w/a': { update: { unified_diff: '@@ -1 +1 @@\n-k\n+K\n', move_path: '/o/b' } } },
    },
    end: { stdout: 'hi\n', stderr: '', success: true },
    model_output: '{"output":"hi\\n","metadata":{"exit_code":0,"duration_seconds":{{S}}}}',
    delta_bytes: { stdout: 'hi\n' },
  })

  test('announces what it is about to change', () => {
    const events = [{ type: 'approval', isPatch: true, explanation: null }, { type: 'patch', changes }, output('hi\n')]
    expect(differencesOf(one, replyWith({}, events))).toEqual([])
    expect(differencesOf(one, replyWith({}, events.slice(1)))).toEqual(['events'])
  })

  test('that somebody refused changes nothing', () => {
    const refused = caseOf({
      events: ['apply_patch_approval_request:None'],
      begin: null,
      end: null,
      model_output: 'patch rejected by user',
    })
    const asked = { type: 'approval', isPatch: true, explanation: null }
    expect(differencesOf(refused, failing('denied', 'patch rejected by user', [asked]))).toEqual([])
  })
})

test('events that are none are a fault of the port', () => {
  const reply = { ...replyWith(), events: [{ type: 'approval' }] } as PortReply
  expect(() => observedOf(reply, hello, text => text)).toThrow('events: ')
})
