import { expect, test } from 'vitest'
import { z } from 'zod'
import { type AgentOptions, runAgent } from '../../src/agent/run-agent.ts'
import { structuredMode } from '../../src/agent/structured-mode.ts'
import type { TrialEventBody } from '../../src/contracts/events.ts'
import type { AssistantMessage, ModelProvider, ModelReply, ModelRequest } from '../../src/contracts/model.ts'
import type { OsSandbox } from '../../src/contracts/os-sandbox.ts'
import { TRIAL_LIMITS_DEFAULT, type TrialLimits } from '../../src/contracts/suite.ts'
import { systemClock } from '../../src/run/system-clock.ts'
import { createToolbox } from '../../src/tools/toolbox/toolbox.ts'
import { createWorkspaceView } from '../../src/workspace/workspace-view.ts'

const saying = (text: string): AssistantMessage => ({ role: 'assistant', text, toolCalls: [] })
const calling = (...texts: string[]): AssistantMessage => ({
  role: 'assistant',
  text: '',
  toolCalls: texts.map((argumentsText, index) => ({ callId: `c${index}`, name: 'echo', argumentsText })),
})
const reply = (message: AssistantMessage): ModelReply => ({ ok: true, message, latencyMs: 1 })

interface Played {
  requests: ModelRequest[]
  events: TrialEventBody[]
  end: Awaited<ReturnType<typeof runAgent>>
  steps: string[]
}

interface PlayOptions {
  replies: readonly (ModelReply | ((request: ModelRequest) => Promise<ModelReply>))[]
  prompts?: string[]
  limits?: Partial<TrialLimits>
  isSerial?: boolean
  leniency?: 'lenient' | 'strict'
  signal?: AbortSignal
  reinjection?: AgentOptions['reinjection']['reinjection']
}

/** Plays replies in order through the real loop, mode and toolbox, over one tool that echoes its text. */
async function play({ replies, prompts = ['do it'], limits = {}, ...options }: PlayOptions): Promise<Played> {
  const requests: ModelRequest[] = []
  const events: TrialEventBody[] = []
  const steps: string[] = []
  let ran = 0
  const input = z.object({ text: z.string() })
  const toolbox = createToolbox({
    tools: [
      {
        name: 'echo',
        description: 'Gives the text back.',
        effect: 'read',
        input,
        output: z.string(),
        concurrencyMax: 8,
        run: async (given: unknown) => ({ ok: true, value: (given as { text: string }).text }),
        render: (output: unknown) => String(output),
      },
    ],
    workspace: createWorkspaceView({ hostRoot: import.meta.dirname, guestRoot: '/workspace' }),
    sandbox: { mechanism: 'none', policy: 'read-only' } as OsSandbox,
    clock: systemClock,
    approvals: { policy: 'never', decide: async () => 'denied' },
    record: call => {
      ran++
      events.push({ type: 'tool_call', call })
    },
  })
  const model: ModelProvider = {
    spec: 'scripted/inline',
    playerKind: 'scripted',
    async ask(request) {
      requests.push(structuredClone(request) as ModelRequest)
      const next = replies[requests.length - 1] ?? reply(saying('done'))
      return typeof next === 'function' ? next(request) : next
    },
  }
  const { isSerial = false, leniency = 'lenient', reinjection = 'off', signal = new AbortController().signal } = options
  const end = await runAgent({
    prompts: prompts.map((text, index) => ({ name: `step-${index + 1}`, text })),
    model,
    systemStart: 'You work.',
    mode: structuredMode({ toolbox, protocol: 'Call echo.', leniency, isSerial }),
    reinjection: { reinjection, carrier: 'tool-result' },
    hooks: [],
    limits: { ...TRIAL_LIMITS_DEFAULT, ...limits },
    clock: systemClock,
    countTokens: text => Math.ceil(text.length / 4),
    cacheKey: 'key',
    toolCallsSoFar: () => ran,
    approvalWaitSoFarMs: () => 0,
    record: event => events.push(event),
    content: () => 'hash',
    spill: async name => `/workspace/.scriptbench/${name}`,
    onStepEnd: async step => {
      steps.push(step)
    },
    signal,
  })
  return { requests, events, end, steps }
}

const lastTexts = (request: ModelRequest | undefined) => {
  const last = request?.messages.at(-1)
  if (last?.role === 'tool') return last.results.map(result => result.parts.map(part => part.text).join(''))
  return last?.role === 'user' ? [last.parts.map(part => part.text).join('')] : []
}

test('a reply without an action ends the work', async () => {
  const { end, requests, steps } = await play({ replies: [reply(saying('nothing to do'))] })
  expect(end).toEqual({ kind: 'finished' })
  expect(requests).toHaveLength(1)
  expect(steps).toEqual(['step-1'])
})

test('calls of one reply are all answered, in order, in the next request', async () => {
  const { requests } = await play({ replies: [reply(calling('{"text":"a"}', '{"text":"b"}'))] })
  expect(lastTexts(requests[1])).toEqual(['a', 'b'])
})

test('in the serial mode the first call runs and the rest are refused and counted', async () => {
  const { requests, events } = await play({ replies: [reply(calling('{"text":"a"}', '{"text":"b"}'))], isSerial: true })
  expect(requests[0]?.parallelToolCalls).toBe(false)
  expect(lastTexts(requests[1])).toEqual(['a', 'not executed: one call a turn'])
  expect(events.filter(event => event.type === 'call_refused')).toHaveLength(1)
  expect(events.filter(event => event.type === 'tool_call')).toHaveLength(1)
})

test('malformed arguments are an observation and never the end', async () => {
  const { end, requests, events } = await play({ replies: [reply(calling('{"text":'))], leniency: 'strict' })
  expect(end).toEqual({ kind: 'finished' })
  expect(lastTexts(requests[1])[0]).toMatch(/^error \(invalid-arguments\): the arguments are not valid JSON/)
  expect(events).toContainEqual(expect.objectContaining({ type: 'protocol_error', class: 'malformed-arguments' }))
})

test('lenient reading repairs arguments and counts the repair', async () => {
  const { requests, events } = await play({ replies: [reply(calling("{'text': 'a'"))] })
  expect(lastTexts(requests[1])).toEqual(['a'])
  expect(events).toContainEqual(expect.objectContaining({ type: 'lenient_repair', repair: 'json-repaired' }))
})

test('a call written into the text runs leniently, and not strictly', async () => {
  const text = '<tool_call>{"name": "echo", "arguments": {"text": "a"}}</tool_call>'
  const lenient = await play({ replies: [reply(saying(text))] })
  expect(lenient.requests[1]?.messages.at(-1)?.role).toBe('user')
  expect(lastTexts(lenient.requests[1])).toEqual(['a'])
  const strict = await play({ replies: [reply(saying(text))], leniency: 'strict' })
  expect(strict.requests).toHaveLength(1)
})

test('every prompt is sent when the one before it is answered', async () => {
  const { requests, steps } = await play({ replies: [reply(calling('{"text":"a"}'))], prompts: ['first', 'second'] })
  expect(steps).toEqual(['step-1', 'step-2'])
  expect(lastTexts(requests[2])).toEqual(['second'])
})

test('a reply that was cut off is answered, and nothing of it runs', async () => {
  const cut: ModelReply = {
    ok: false,
    failure: { class: 'truncated', message: 'max' },
    message: calling('{}'),
    latencyMs: 1,
  }
  const { end, requests, events } = await play({ replies: [cut] })
  expect(end).toEqual({ kind: 'finished' })
  expect(lastTexts(requests[1])[0]).toMatch(/cut off/)
  expect(events.some(event => event.type === 'tool_call')).toBe(false)
})

test.each([
  ['refused', { kind: 'refused' }],
  ['context-overflow', { kind: 'limited', limit: 'context' }],
  ['overloaded', { kind: 'failed', cause: { area: 'model', class: 'overloaded', message: 'm' } }],
] as const)('a request that ends as %s ends the trial as what it is', async (failureClass, expected) => {
  const { end } = await play({ replies: [{ ok: false, failure: { class: failureClass, message: 'm' }, latencyMs: 1 }] })
  expect(end).toEqual(expected)
})

const forever = Array.from({ length: 50 }, () => ({
  ...reply(calling('{"text":"a"}')),
  usage: { outputTokens: 10, estimated: false, raw: null },
}))

test.each([
  ['turnsMax', 3, 'turns', 3],
  ['toolCallsMax', 2, 'toolCalls', 2],
  ['tokensMax', 25, 'tokens', 3],
] as const)('%s stops the trial', async (name, value, limit, requests) => {
  const played = await play({ replies: forever, limits: { [name]: value } })
  expect(played.end).toEqual({ kind: 'limited', limit })
  expect(played.requests).toHaveLength(requests)
  expect(played.events).toContainEqual({ type: 'limit_hit', limit })
  expect(played.steps).toEqual(['step-1'])
})

test('the wall-time limit stops a model that never answers', async () => {
  const hanging = (_request: ModelRequest): Promise<ModelReply> =>
    new Promise(resolve =>
      setTimeout(() => resolve({ ok: false, failure: { class: 'connection', message: 'aborted' }, latencyMs: 1 }), 80),
    )
  const { end } = await play({ replies: [hanging], limits: { wallTimeMs: 30 } })
  expect(end).toEqual({ kind: 'limited', limit: 'wallTime' })
})

test('cancelling ends as cancelled', async () => {
  const controller = new AbortController()
  const aborting = async () => {
    controller.abort()
    return reply(calling('{"text":"a"}'))
  }
  const { end } = await play({ replies: [aborting], signal: controller.signal })
  expect(end).toEqual({ kind: 'cancelled' })
})

test('the request event has the copies, their tokens and the distance of the prompt', async () => {
  const replies = [reply(calling('{"text":"a"}')), reply(calling('{"text":"a"}'))]
  const off = await play({ replies })
  const kept = await play({ replies, reinjection: 'turn-top-kept' })
  const last = (played: Played) => played.events.findLast(event => event.type === 'model_request')
  expect(last(off)).toMatchObject({ reinjectedCopies: 0, reinjectedTokens: 0 })
  expect(last(kept)).toMatchObject({ reinjectedCopies: 2 })
  expect(last(kept)?.promptDistanceTokens).toBeLessThan(last(off)?.promptDistanceTokens as number)
})
