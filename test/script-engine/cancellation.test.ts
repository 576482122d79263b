// Covers: script-engine/host/run-ending.ts, script-engine/host/run-guard.ts, script-engine/host/script-run.ts
// Covers: script-engine/host/script-worker.ts
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { ScriptOutcome } from '../../src/contracts/script.ts'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { failed, read, requestFor, returned, write } from '../contract/script-engine.ts'

const BOUND_MS = 3_000
const engine = createScriptEngine({ workers: 2 })
afterAll(() => engine.close())

const deaf = { look: read(() => new Promise(() => {})), change: write(() => new Promise(() => {})) }

/** Scripts that would never end by themselves, each stuck in another way. */
const ENDLESS = {
  'a read that ignores its signal': 'return await tools.look({})',
  'a write that ignores its signal': 'return await tools.change({})',
  'many calls, most of them queued': 'return await Promise.all(Array.from({ length: 40 }, () => tools.look({})))',
  'a timer': 'await new Promise(resolve => setTimeout(resolve, 1e6))',
  'a chain of timers': 'for (;;) await new Promise(resolve => setTimeout(resolve, 1))',
  'a call and a chain of timers': 'tools.look({}); for (;;) await new Promise(resolve => setTimeout(resolve, 1))',
  'a loop': 'for (;;) {}',
}

async function within(running: Promise<ScriptOutcome>): Promise<ScriptOutcome> {
  const outcome = await Promise.race([running, sleep(BOUND_MS, undefined, { ref: false })])
  if (outcome === undefined) throw new Error(`not ended ${BOUND_MS} ms after it was cancelled`)
  return outcome
}

const start = (source: string, signal: AbortSignal, on = engine) => on.run(requestFor(source, deaf, { signal }))

async function expectWorking(on = engine): Promise<void> {
  const echo = read((args: never) => args)
  const outcomes = await Promise.all(
    [1, 2].map(n => on.run(requestFor(`return (await tools.echo({ n: ${n} })).n`, { echo }))),
  )
  expect(outcomes.map(returned)).toEqual([1, 2])
}

const MOMENTS: Record<string, () => Promise<unknown> | undefined> = {
  'in the same tick': () => undefined,
  'one microtask later': () => Promise.resolve(),
  'some microtasks later': async () => {
    for (let n = 0; n < 5; n++) await undefined
  },
  'one turn of the event loop later': () => nextTurn(),
  ...Object.fromEntries([0, 1, 2, 5, 10, 20].map(ms => [`${ms} ms later`, () => sleep(ms)])),
}

test.each(Object.entries(MOMENTS))('a script cancelled %s ends, whatever it does', async (_, moment) => {
  for (const source of Object.values(ENDLESS)) {
    const controller = new AbortController()
    const running = start(source, controller.signal)
    const wait = moment()
    if (wait !== undefined) await wait
    controller.abort()
    expect(failed(await within(running)).class, source).toBe('cancelled')
  }
  await expectWorking()
})

test.each([0, 20, 60])('a script cancelled %s ms after it made an engine start ends', async ms => {
  const fresh = createScriptEngine({ workers: 1 })
  const controller = new AbortController()
  const running = start('return await tools.look({})', controller.signal, fresh)
  await sleep(ms)
  controller.abort()
  expect(failed(await within(running)).class).toBe('cancelled')
  await expectWorking(fresh)
  await fresh.close()
})

test.each(Object.entries(ENDLESS))('a signal that is aborted already starts nothing: %s', async (_, source) => {
  const outcome = await within(start(source, AbortSignal.abort()))
  expect([failed(outcome).class, outcome.calls]).toEqual(['cancelled', []])
})

test('a script that waits for a worker ends as soon as it is cancelled', async () => {
  const single = createScriptEngine({ workers: 1 })
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()]
  const holder = start('return await tools.look({})', first.signal, single)
  const queued = start('return 2', second.signal, single)
  const last = start('return 3', third.signal, single)
  await sleep(20)
  second.abort()
  expect(failed(await within(queued)).class).toBe('cancelled')
  first.abort()
  expect(failed(await within(holder)).class).toBe('cancelled')
  expect(returned(await within(last))).toBe(3)
  await expectWorking(single)
  await single.close()
})

test('one signal ends running and waiting scripts alike', async () => {
  const controller = new AbortController()
  const running = Object.values(ENDLESS).map(source => start(source, controller.signal))
  await sleep(20)
  controller.abort()
  const outcomes = await Promise.all(running.map(within))
  expect(outcomes.map(outcome => failed(outcome).class)).toEqual(running.map(() => 'cancelled'))
  await expectWorking()
})

test('a signal aborted by the first call of a script that goes on calling ends it', async () => {
  const controller = new AbortController()
  const abort = read(() => {
    controller.abort()
    return new Promise(() => {})
  })
  const source = 'for (;;) await Promise.all([tools.abort({}), tools.look({})])'
  const request = requestFor(source, { ...deaf, abort }, { signal: controller.signal })
  expect(failed(await within(engine.run(request))).class).toBe('cancelled')
  await expectWorking()
})

/** Computes, prints, waits for timers, queues calls under its cap and leaves writes behind when it returns. */
const BUSY_SCRIPT = `
  console.log('one')
  const reads = [1, 2, 3, 4, 5].map(n => tools.look({ n }))
  for (let i = 0; i < 2e4; i++) String(i)
  await new Promise(resolve => setTimeout(resolve, 2))
  console.log('two')
  await Promise.race(reads)
  await Promise.allSettled([...reads, tools.fail({ n: 6 })])
  for (let i = 0; i < 2e4; i++) String(i)
  void tools.change({ n: 7 }); void tools.change({ n: 8 }); void tools.change({ n: 9 })
  return 'done'`
/** More than such a run has. */
const EVENTS_MAX = 32

/** Runs the script and aborts at its k-th event, or some turns of the event loop after the last one it had. */
async function runAndAbort({ abortAt, isQueued, turns }: { abortAt: number; isQueued: boolean; turns: number }) {
  const controller = new AbortController()
  const calls = { begun: [] as string[], running: 0 }
  let events = 0
  const happen = () => {
    if (events++ === abortAt) controller.abort()
  }
  const work =
    (ms: number) =>
    async (_args: never, { signal }: { signal: AbortSignal }) => {
      calls.running += 1
      happen()
      try {
        await sleep(ms, undefined, { signal })
        return ms
      } finally {
        calls.running -= 1
        happen()
      }
    }
  const broken = () => {
    happen()
    throw new Error('no')
  }
  const tools = { look: read(work(2)), change: write(work(4)), fail: read(broken) }
  const request = requestFor(BUSY_SCRIPT, tools, {
    ...{ signal: controller.signal, limits: { concurrentCallsMax: 2, graceMs: 1_000 } },
    onLog: happen,
    onWaiting: happen,
  })
  const counted: typeof request = {
    ...request,
    call: (call, hooks) => {
      calls.begun.push(call.callId)
      return request.call(call, hooks)
    },
  }
  const occupy = () => engine.run(requestFor('for (let i = 0; i < 2e4; i++) String(i)'))
  const before = isQueued ? [occupy(), occupy()] : []
  happen()
  const running = engine.run(counted)
  happen()
  for (let turn = 0; turn < turns; turn++) await nextTurn()
  happen()
  const outcome = await within(running)
  await Promise.all(before)
  return { outcome, calls, wasAborted: controller.signal.aborted, abort: () => controller.abort() }
}

describe('cancellation at any point', () => {
  test('gives one outcome with a complete ledger, leaves no tool running, and the next script is right', async () => {
    const moment = fc.record({
      abortAt: fc.nat(EVENTS_MAX),
      isQueued: fc.boolean(),
      turns: fc.constantFrom(0, 1, 3, 10),
    })
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(moment, async given => {
        const { outcome, calls, wasAborted, abort } = await runAndAbort(given)
        seen.add(outcome.ok ? 'ok' : outcome.failure.class)
        if (!wasAborted) expect(returned(outcome)).toBe('done')
        if (!outcome.ok) expect(outcome.failure.class).toBe('cancelled')
        expect(calls.running).toBe(0)
        const begun = [...calls.begun]
        const ids = outcome.calls.map(call => call.callId)
        expect(new Set(ids).size).toBe(ids.length)
        expect(begun.filter(id => !ids.includes(id))).toEqual([])
        for (const { status, settled, ms, error } of outcome.calls) {
          expect(['ok', 'failed', 'cancelled']).toContain(status)
          expect(ms).toBeGreaterThanOrEqual(0)
          if (status === 'ok') expect([typeof settled, error]).toEqual(['number', undefined])
        }
        abort()
        await nextTurn()
        expect(calls).toEqual({ begun, running: 0 })
        await expectWorking()
      }),
      {
        numRuns: 60,
        examples: [[{ abortAt: 0, isQueued: false, turns: 0 }], [{ abortAt: EVENTS_MAX, isQueued: true, turns: 0 }]],
      },
    )
    expect([...seen].sort()).toEqual(['cancelled', 'ok'])
  })
})
