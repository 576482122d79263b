// Covers: tools/toolbox/approve-call.ts, tools/toolbox/call-queue.ts, tools/toolbox/cap-result.ts
// Covers: tools/toolbox/explain-arguments.ts, tools/toolbox/perform-call.ts

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Tool } from '../../../src/contracts/tool.ts'
import type { AnyTool } from '../../../src/tools/toolbox/toolbox.ts'
import { realClock, toolboxOver } from '../../helpers/toolbox-parts.ts'

const textInput = z.object({ text: z.string(), times: z.int().optional() })
type TextInput = z.infer<typeof textInput>

function toolNamed(name: string, parts: Partial<Tool<TextInput, { said: string }>> = {}): AnyTool {
  const tool: Tool<TextInput, { said: string }> = {
    name,
    description: `${name} says a text.`,
    effect: 'read',
    input: textInput,
    output: z.object({ said: z.string() }),
    concurrencyMax: 8,
    run: async ({ text }) => ({ ok: true, value: { said: text } }),
    render: ({ said }) => `said: ${said}`,
    ...parts,
  }
  return tool as AnyTool
}

const echo = toolNamed('echo')
const failing = (run: AnyTool['run'], parts = {}) => toolNamed('failing', { run: run as never, ...parts })

describe('definitions', () => {
  test('are closed JSON Schemas of input and result', async () => {
    const { toolbox } = await toolboxOver({ tools: [echo] })
    expect(toolbox.definitions).toEqual([
      {
        name: 'echo',
        description: 'echo says a text.',
        effect: 'read',
        inputSchema: {
          type: 'object',
          properties: { text: { type: 'string' }, times: expect.objectContaining({ type: 'integer' }) },
          required: ['text'],
          additionalProperties: false,
        },
        resultSchema: {
          type: 'object',
          properties: { said: { type: 'string' } },
          required: ['said'],
          additionalProperties: false,
        },
      },
    ])
  })
})

describe('a call', () => {
  test('gives the result to scripts and its text to models, and is recorded once', async () => {
    const { call, records } = await toolboxOver({ tools: [echo] })
    expect(await call('echo', { text: 'hé' })).toEqual({ ok: true, result: { said: 'hé' }, text: 'said: hé' })
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({
      callId: 'c1',
      tool: 'echo',
      args: { text: 'hé' },
      status: 'ok',
      effect: 'read',
      approvalMs: 0,
      resultBytes: '{"said":"hé"}'.length + 1,
      textBytes: 'said: hé'.length + 1,
      facts: {},
    })
    const { queuedAtMs, startedAtMs, endedAtMs } = records[0]!
    expect(queuedAtMs <= startedAtMs && startedAtMs <= endedAtMs).toBe(true)
  })

  test.each([
    [{}, 'text: expected string, received nothing'],
    [{ text: 3 }, 'text: expected string, received number'],
    [{ text: null }, 'text: expected string, received null'],
    [{ text: 'a', times: 1.5 }, 'times: expected int, received number'],
    [{ text: 'a', Text: 'b' }, 'Text: expected nothing, received an unknown field (did you mean text?)'],
    [[], 'arguments: expected object, received array'],
    ['text', 'arguments: expected object, received string'],
    [null, 'arguments: expected object, received null'],
  ])('with the arguments %j gets what was expected and what was received', async (args, message) => {
    const { call, records } = await toolboxOver({ tools: [echo] })
    expect(await call('echo', args)).toEqual({
      ok: false,
      error: { code: 'invalid-arguments', message: `echo: ${message}` },
    })
    expect(records).toMatchObject([{ status: 'failed', effect: 'none', error: { code: 'invalid-arguments' } }])
  })

  test.each(['Echo', 'ecko', 'e_cho'])('to %s, which does not exist, gets the nearest name', async name => {
    const { call, records } = await toolboxOver({ tools: [echo, toolNamed('other')] })
    expect(await call(name, { text: '' })).toMatchObject({
      ok: false,
      error: { code: 'unknown-tool', message: expect.stringContaining('Did you mean `echo`?') },
    })
    expect(records).toMatchObject([{ effect: 'none' }])
  })

  test.each(['constructor', '__proto__', ''])('to %j finds no tool', async name => {
    const { call } = await toolboxOver({ tools: [echo] })
    expect(await call(name)).toMatchObject({ ok: false, error: { code: 'unknown-tool' } })
  })

  test('that throws is a failure without a path of this machine', async () => {
    const throwing = failing(async (_, { workspace }) => {
      throw new Error(`ENOENT: open '${workspace.hostRoot}/x'`)
    })
    const { call, records } = await toolboxOver({ tools: [throwing], mechanism: 'bubblewrap' })
    expect(await call('failing', { text: '' })).toEqual({
      ok: false,
      error: { code: 'failed', message: "failing: ENOENT: open '/workspace/x'" },
    })
    expect(records).toHaveLength(1)
  })

  test('whose text or approval cannot be made is a failure too', async () => {
    const broken = () => {
      throw new Error('broken')
    }
    for (const parts of [{ render: broken }, { approval: broken }]) {
      const { call, records } = await toolboxOver({ tools: [toolNamed('echo', parts)] })
      expect(await call('echo', { text: '' })).toMatchObject({ ok: false, error: { code: 'failed' } })
      expect(records).toHaveLength(1)
    }
  })

  test('adds facts to its record', async () => {
    const noting = failing(async (_, { note }) => {
      note({ osSandboxMs: 3 })
      note({ compound: true })
      return { ok: true, value: { said: '' } }
    })
    const { call, records } = await toolboxOver({ tools: [noting] })
    await call('failing', { text: '' })
    expect(records[0]?.facts).toEqual({ osSandboxMs: 3, compound: true })
  })
})

describe('a result that is too large', () => {
  const limits = { callsInFlightMax: 4, resultBytesMax: 10_000 }

  test('has its texts cut in their middle and keeps its shape', async () => {
    const { call, records } = await toolboxOver({ tools: [echo], limits })
    const outcome = await call('echo', { text: `start${'\u0001😀'.repeat(20_000)}end` })
    if (!outcome.ok) throw new Error(outcome.error.message)
    expect(outcome.text).toMatch(/^said: start.*\n\[\.\.\. \d+ characters omitted \.\.\.\]\n.*end$/s)
    expect(outcome.text.isWellFormed()).toBe(true)
    expect(records[0]?.resultBytes).toBeLessThanOrEqual(10_000)
  })

  test('and cannot be cut is a failure that says what to do', async () => {
    const many = failing(async () => ({ ok: true, value: { said: Array(5_000).fill('short') as never } }))
    const { call } = await toolboxOver({ tools: [many], limits })
    expect(await call('failing', { text: '' })).toMatchObject({
      ok: false,
      error: { code: 'failed', message: expect.stringContaining('ask for less') },
    })
  })
})

/** A tool whose calls run until the test ends them. */
function heldTool(name: string, parts: Partial<Tool<TextInput, { said: string }>> = {}) {
  const begun: string[] = []
  const running: (() => void)[] = []
  let runningMax = 0
  let changed = Promise.withResolvers<void>()
  const tool = toolNamed(name, {
    run: async ({ text }) => {
      begun.push(text)
      const held = Promise.withResolvers<void>()
      running.push(held.resolve)
      runningMax = Math.max(runningMax, running.length)
      changed.resolve()
      changed = Promise.withResolvers()
      await held.promise
      return { ok: true, value: { said: text } }
    },
    ...parts,
  })
  return {
    tool,
    begun,
    runningMax: () => runningMax,
    /** Resolves when so many calls have begun since the start of the test. */
    async untilBegun(count: number) {
      while (begun.length < count) await changed.promise
    },
    endOldest: () => running.shift()?.(),
  }
}

describe('the queue', () => {
  test("starts calls in order, up to the tool's own limit", async () => {
    const slow = heldTool('slow', { concurrencyMax: 2 })
    const { call } = await toolboxOver({ tools: [slow.tool] })
    const texts = ['a', 'b', 'c', 'd']
    const all = texts.map(text => call('slow', { text }))
    for (let count = 2; count <= texts.length; count++) {
      await slow.untilBegun(count)
      slow.endOldest()
    }
    slow.endOldest()
    expect((await Promise.all(all)).every(outcome => outcome.ok)).toBe(true)
    expect(slow.begun).toEqual(texts)
    expect(slow.runningMax()).toBe(2)
  })

  test('keeps the common limit, and a busy tool does not delay another', async () => {
    const one = heldTool('one', { concurrencyMax: 1 })
    const two = heldTool('two')
    const limits = { callsInFlightMax: 2, resultBytesMax: 1000 }
    const { call } = await toolboxOver({ tools: [one.tool, two.tool], limits })
    const all = [
      call('one', { text: '1' }),
      call('one', { text: '2' }),
      call('two', { text: '3' }),
      call('two', { text: '4' }),
    ]
    await Promise.all([one.untilBegun(1), two.untilBegun(1)])
    expect([one.begun, two.begun]).toEqual([['1'], ['3']])
    one.endOldest()
    await one.untilBegun(2)
    expect([one.begun, two.begun]).toEqual([['1', '2'], ['3']])
    one.endOldest()
    await two.untilBegun(2)
    two.endOldest()
    two.endOldest()
    await Promise.all(all)
  })

  test('drops a waiting call that is cancelled, which then never starts', async () => {
    const slow = heldTool('slow', { concurrencyMax: 1 })
    const { call, records } = await toolboxOver({ tools: [slow.tool] })
    const first = call('slow', { text: 'first' })
    const controller = new AbortController()
    const second = call('slow', { text: 'second' }, { signal: controller.signal })
    await slow.untilBegun(1)
    controller.abort()
    expect(await second).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    slow.endOldest()
    await first
    expect(slow.begun).toEqual(['first'])
    expect(records.map(record => [record.callId, record.effect])).toEqual([
      ['c2', 'none'],
      ['c1', 'read'],
    ])
  })
})

describe('cancelling a running call', () => {
  test('answers for a read immediately, and records it once', async () => {
    const slow = heldTool('slow', { concurrencyMax: 1 })
    const { call, records } = await toolboxOver({ tools: [slow.tool] })
    const controller = new AbortController()
    const cancelled = call('slow', { text: 'first' }, { signal: controller.signal })
    await slow.untilBegun(1)
    controller.abort()
    expect(await cancelled).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    slow.endOldest()
    const next = call('slow', { text: 'next' })
    await slow.untilBegun(2)
    slow.endOldest()
    await next
    expect(records.map(record => record.callId)).toEqual(['c1', 'c2'])
  })

  test('lets a write finish and reports that it did', async () => {
    const slow = heldTool('slow', { effect: 'write' })
    const { call } = await toolboxOver({ tools: [slow.tool] })
    const controller = new AbortController()
    const outcome = call('slow', { text: 'written' }, { signal: controller.signal })
    await slow.untilBegun(1)
    controller.abort()
    slow.endOldest()
    expect(await outcome).toMatchObject({ ok: true })
  })
})

describe('approval', () => {
  const needing = (reason: 'escalation' | 'dangerous-command' | 'unsafe-command' | 'write') =>
    toolNamed('echo', { approval: () => ({ reason, detail: 'because' }) })

  test.each([
    ['never', 'escalation', 'refused'],
    ['never', 'dangerous-command', 'runs'],
    ['never', 'write', 'runs'],
    ['on-failure', 'escalation', 'refused'],
    ['on-failure', 'unsafe-command', 'runs'],
    ['on-request', 'escalation', 'asks'],
    ['on-request', 'dangerous-command', 'asks'],
    ['on-request', 'unsafe-command', 'runs'],
    ['on-request', 'write', 'runs'],
    ['untrusted', 'escalation', 'refused'],
    ['untrusted', 'dangerous-command', 'asks'],
    ['untrusted', 'unsafe-command', 'asks'],
    ['untrusted', 'write', 'asks'],
  ] as const)('under %s, %s %s', async (policy, reason, what) => {
    const { call, asked, records } = await toolboxOver({ tools: [needing(reason)], policy })
    const outcome = await call('echo', { text: '' })
    expect(outcome.ok).toBe(what !== 'refused')
    expect(asked.map(request => request.need.reason)).toEqual(what === 'asks' ? [reason] : [])
    expect(records[0]?.approval).toBe(what === 'asks' ? 'allowed' : undefined)
  })

  test('denied, the tool does not run', async () => {
    const { call, records } = await toolboxOver({ tools: [needing('write')], policy: 'untrusted', answer: 'denied' })
    expect(await call('echo', { text: '' })).toMatchObject({ ok: false, error: { code: 'denied' } })
    expect(records).toMatchObject([{ effect: 'none', approval: 'denied' }])
  })

  test('a call that needs none is not announced as waiting', async () => {
    const { call } = await toolboxOver({ tools: [echo], policy: 'untrusted' })
    const pending: boolean[] = []
    await call('echo', { text: '' }, { onApprovalPending: (isPending: boolean) => pending.push(isPending) })
    expect(pending).toEqual([])
  })

  test('its wait is announced, timed, and does not take a place in the queue', async () => {
    const tool = toolNamed('echo', {
      concurrencyMax: 1,
      approval: ({ text }) => (text === 'ask' ? { reason: 'write', detail: '' } : undefined),
    })
    const answered = Promise.withResolvers<'allowed'>()
    const answer = () => answered.promise
    let nowMs = 0
    const clock = { ...realClock, nowMs: () => nowMs }
    const { call, records } = await toolboxOver({ tools: [tool], policy: 'untrusted', answer, clock })
    const pending: boolean[] = []
    const first = call('echo', { text: 'ask' }, { onApprovalPending: (isPending: boolean) => pending.push(isPending) })
    await call('echo', { text: 'free' })
    expect(pending).toEqual([true])
    nowMs += 60
    answered.resolve('allowed')
    await first
    expect(pending).toEqual([true, false])
    expect(records.map(record => record.callId)).toEqual(['c2', 'c1'])
    expect(records[1]?.approvalMs).toBe(60)
  })

  test('a gate that breaks denies', async () => {
    const answer = () => Promise.reject(new Error('gone'))
    const { call } = await toolboxOver({ tools: [needing('write')], policy: 'untrusted', answer })
    expect(await call('echo', { text: '' })).toMatchObject({ ok: false, error: { code: 'denied' } })
  })
})

test('two tools of one name are a defect', async () => {
  await expect(toolboxOver({ tools: [echo, echo] })).rejects.toThrow('same name')
})
