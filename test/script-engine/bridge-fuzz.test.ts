import fc from 'fast-check'
import type { HostRefId, JSContextPointer } from 'quickjs-emscripten-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScriptRequest } from '../../src/contracts/script.ts'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { ScriptRun } from '../../src/script-engine/host/script-run.ts'
import type { ScriptWorker, WorkerListener } from '../../src/script-engine/host/script-worker.ts'
import { prepareScript } from '../../src/script-engine/source/prepare-script.ts'
import { createScriptPreparer } from '../../src/script-engine/source/script-preparer.ts'
import { type FromWorker, monotonicMs } from '../../src/script-engine/thread/worker-messages.ts'
import { GUEST_POST } from '../../src/script-engine/vm/guest/prelude.ts'
import { compileQuickJs, instantiateQuickJs, type QuickJsModule } from '../../src/script-engine/vm/quickjs-module.ts'
import { createQuickJsVm } from '../../src/script-engine/vm/quickjs-vm.ts'
import type { GuestCall, GuestLog, GuestTimer, ScriptVm, VmScript } from '../../src/script-engine/vm/script-vm.ts'
import { read, requestFor, returned } from '../contract/script-engine.ts'
import { isFullSet, TIMEOUT_MS } from './hostile/set-size.ts'

const MIB = 1024 * 1024
const MEMORY_BYTES_MAX = 20 * MIB
const VALUE_BYTES = 8
const ROUNDS = isFullSet ? 1_000 : 60

const preparedScript = (source: string) => {
  const preparation = prepareScript(source)
  if (!preparation.ok) throw new Error(preparation.failure.message)
  return preparation.script
}
const given: Omit<VmScript, 'code'> = {
  ...{ contextJson: '{}', toolNames: ['echo'], randomWords: [1, 2, 3, 4], nowMs: 0 },
  ...{ toolCallsMax: 5, outputBytesMax: 1_000, stackBytesMax: 64 * 1024 },
}

/** A machine, what its host heard, and the door that only the prelude should use. */
interface Door {
  vm: ScriptVm
  heard: { calls: GuestCall[]; timers: GuestTimer[]; cleared: number[]; logs: GuestLog[] }
  post(values: readonly (number | string | undefined)[]): void
}

let compiled: WebAssembly.Module
beforeAll(async () => {
  compiled = await compileQuickJs()
})

async function openDoor(): Promise<Door> {
  const quickJs: QuickJsModule = await instantiateQuickJs(compiled, MEMORY_BYTES_MAX)
  const vm = createQuickJsVm(quickJs, MEMORY_BYTES_MAX)
  const { ffi, module, memory } = quickJs
  const { callFunction } = module.callbacks
  let context = 0 as JSContextPointer
  module.callbacks.callFunction = (...args) => {
    context = args[1]
    return callFunction(...args)
  }
  const heard: Door['heard'] = { calls: [], timers: [], cleared: [], logs: [] }
  const state = vm.start(
    { ...given, code: preparedScript('await tools.echo({ n: 1 }); return 1').code },
    {
      onCall: call => heard.calls.push(call),
      onTimer: timer => heard.timers.push(timer),
      onTimerCleared: id => heard.cleared.push(id),
      onLog: line => heard.logs.push(line),
      onLogDropped: () => {},
      shouldInterrupt: () => false,
    },
  )
  expect(state.kind).toBe('waiting')
  const guestValue = (value: number | string | undefined): number => {
    if (value === undefined) return ffi.QTS_GetUndefined()
    if (typeof value === 'number') return ffi.QTS_NewFloat64(context, value)
    const bytes = new TextEncoder().encode(value)
    const text = module._malloc(bytes.length + 1)
    new Uint8Array(memory.buffer).set([...bytes, 0], text)
    return ffi.QTS_NewString(context, text as never)
  }
  return {
    vm,
    heard,
    post: values => {
      const list = module._malloc(VALUE_BYTES * 8)
      for (const [index, value] of values.entries()) {
        const from = guestValue(value)
        new Uint8Array(memory.buffer).copyWithin(list + index * VALUE_BYTES, from, from + VALUE_BYTES)
      }
      const self = 0 as never
      module.callbacks.callFunction(undefined, context, self, values.length, list as never, 1 as HostRefId)
    },
  }
}

const settleFirst = (vm: ScriptVm) =>
  vm.settle({ json: '{"calls":[[1,true,1]],"timers":[]}', callIds: [1], timerIds: [], elapsedMs: 1 })

describe('from a guest that has got hold of the bridge', () => {
  const { call, end, log, settled, timer, timerCleared } = GUEST_POST

  test.each<[string, (number | string | undefined)[]]>([
    ['an id that was used', [call, 1, 'echo', '{}', '']],
    ['an id that is skipped', [call, 3, 'echo', '{}', '']],
    ['a negative id', [call, -1, 'echo', '{}', '']],
    ['a fraction as id', [call, 1.5, 'echo', '{}', '']],
    ['no number as id', [call, Number.NaN, 'echo', '{}', '']],
    ['a huge id', [call, 1e300, 'echo', '{}', '']],
    ['a text as id', [call, 'two', 'echo', '{}', '']],
    ['no arguments at all', [call]],
    ['a huge name', [call, 2, 'x'.repeat(10_000), '{}', '']],
    ['a huge stack', [call, 2, 'echo', '{}', 'x'.repeat(100_000)]],
    ['a timer that lasts no number', [timer, 1, Number.NaN]],
    ['a timer that lasts for ever', [timer, 1, 1e300]],
    ['a timer out of order', [timer, 7, 1]],
    ['a huge line', [log, 0, 'x'.repeat(100_000), 1]],
    ['a line at no time', [log, 0, '"x"', Number.POSITIVE_INFINITY]],
    ['a value beyond its limit', [end, '{"kind":"returned"}', 'x'.repeat(10_000)]],
    ['an unknown kind', [99, 1]],
    ['no kind', []],
    ['a text as kind', ['call', 2, 'echo', '{}', '']],
  ])('%s ends the script, and its machine is dropped', async (_name, values) => {
    const { vm, heard, post } = await openDoor()
    post(values)
    expect(settleFirst(vm)).toMatchObject({ kind: 'failed', failure: { kind: 'crashed' } })
    expect(vm.reset()).toBe(false)
    expect(heard.calls).toHaveLength(1)
    expect(heard.timers.length + heard.logs.length).toBe(0)
  })

  test('more calls than allowed end it, before they are heard', async () => {
    const { vm, heard, post } = await openDoor()
    for (let id = 2; id <= 7; id++) post([call, id, 'echo', '{}', ''])
    expect(heard.calls.map(each => each.id)).toEqual([1, 2, 3, 4, 5])
    expect(settleFirst(vm)).toMatchObject({ kind: 'failed', failure: { kind: 'crashed' } })
  })

  test('timers that were never set are not cleared', async () => {
    const { vm, heard, post } = await openDoor()
    for (const id of [1, -1, Number.NaN, 1e300]) post([timerCleared, id])
    expect(heard.cleared).toEqual([])
    expect(settleFirst(vm)).toMatchObject({ kind: 'returned', json: '1' })
  })

  test('an answer of any length is not read', async () => {
    const { vm, post } = await openDoor()
    post([end, 'x'.repeat(300_000)])
    expect(settleFirst(vm)).toMatchObject({ kind: 'returned', json: '1' })
  })

  test('a false end gives the script no other one', async () => {
    const { vm, post } = await openDoor()
    post([end, '{"kind":"returned","unawaitedAt":[]}', '"forged"'])
    post([settled])
    expect(settleFirst(vm)).toMatchObject({ kind: 'returned', json: '1' })
  })

  test(
    'no posts whatever throw at the host or reach it unbounded',
    async () => {
      const value = fc.oneof(
        fc.integer({ min: -2, max: 8 }),
        fc.double(),
        fc.string({ maxLength: 300, unit: 'binary' }),
        fc.constantFrom('echo', '{}', '"x"', '{"kind":"failed"}', 'x'.repeat(50_000)),
        fc.constant(undefined),
      )
      const posts = fc.array(fc.array(value, { maxLength: 6 }), { maxLength: 8 })
      await fc.assert(
        fc.asyncProperty(posts, async list => {
          const { vm, heard, post } = await openDoor()
          for (const values of list) post(values)
          expect(['waiting', 'returned', 'failed']).toContain(settleFirst(vm).kind)
          expect(heard.calls.map(each => each.id)).toEqual(heard.calls.map((_call, index) => index + 1))
          expect(heard.calls.length).toBeLessThanOrEqual(given.toolCallsMax)
          for (const { delayMs } of heard.timers) expect(delayMs).toBeGreaterThanOrEqual(0)
          for (const { json } of heard.logs) expect(json.length).toBeLessThan(30_000)
          vm.reset()
        }),
        { numRuns: ROUNDS / 5 },
      )
    },
    TIMEOUT_MS,
  )
})

/** A worker that says what it is told to. */
function talker(): { worker: ScriptWorker; say(message: unknown): void } {
  let listener: WorkerListener | undefined
  const worker: ScriptWorker = {
    ...{ ready: new Promise(() => {}), isAlive: true, isRenewing: false, heartbeat: () => 0, memoryBytes: () => 0 },
    ...{ setBusy: () => {}, send: () => {}, requestCancel: () => {} },
    listen: next => {
      listener = next
    },
    terminate: async () => listener?.onDeath('terminated'),
  }
  return { worker, say: message => listener?.onMessage(message as FromWorker) }
}

describe('from a worker that talks nonsense', () => {
  const reader = createScriptPreparer()
  afterAll(() => reader.close())
  const noPosts = { calls: [], timers: [], timersCleared: [], logs: [], logsDropped: 0 }
  const times = { startMs: 0, freezeMs: 0, bridgeMs: 0, guestCpuMs: 0 }
  const slice = { run: 1, posts: noPosts, sliceStartMs: 0, sentMs: 0, times }
  const last = { kind: 'ended', ...slice, state: { kind: 'returned', json: '7', unawaitedAt: [] } }

  const runWith = (messages: readonly unknown[], request: ScriptRequest) => {
    const { worker, say } = talker()
    const script = preparedScript('return 1')
    const parts = { id: 1, worker, reader, script, request, startedMs: monotonicMs(), stripMs: 0 }
    const outcome = new ScriptRun({ ...parts, cacheHit: false }).run()
    for (const message of messages) say(message)
    return outcome
  }
  const echo = read((args: never) => args)
  const request = () => requestFor('', { echo }, { limits: { graceMs: 20 } })
  const call = (id: unknown, tool: unknown = 'echo', argsJson: unknown = '{}') => ({ id, tool, argsJson, stack: '' })
  const posts = (more: object) => ({ kind: 'posts', run: 1, posts: { ...noPosts, ...more } })

  test.each<[string, unknown[]]>([
    ['nothing but an end', [last]],
    ['two ends', [last, { ...last, state: { kind: 'returned', json: '8', unawaitedAt: [] } }]],
    ['the words of another run', [{ ...last, run: 2 }, last]],
    ['posts before the start', [posts({ calls: [call(1)] }), last]],
    ['posts after the end', [last, posts({ calls: [call(1)], logs: [{ level: 1, json: '"x"', atMs: 1 }] })]],
    ['one call twice', [posts({ calls: [call(1), call(1)] }), last]],
    ['arguments that are no JSON', [posts({ calls: [call(1, 'echo', '{'), call(2, 'echo', '')] }), last]],
    ['lines that are no JSON', [posts({ logs: [{ level: 99, json: '{', atMs: Number.NaN }] }), last]],
    ['lines that are no texts', [posts({ logs: [{ level: -1, json: '{"a":1}', atMs: 1 }] }), last]],
    ['timers that last for ever', [posts({ timers: [{ id: 1, delayMs: 2 ** 31 - 1 }], timersCleared: [9, 1] }), last]],
    ['answers to nothing', [{ kind: 'waiting', ...slice, answered: 99, cpuMs: 1 }, last]],
  ])('%s leave the outcome one', async (_name, messages) => {
    expect(returned(await runWith(messages, request()))).toBe(7)
  })

  test(
    'no messages whatever throw at the engine, and the run ends',
    async () => {
      const anything = fc.oneof(fc.constant(undefined), fc.anything({ maxDepth: 2 }))
      const kind = fc.constantFrom('started', 'posts', 'waiting', 'ended', 'ready', 'nonsense')
      const message = fc.record({
        kind,
        run: fc.constantFrom(1, 1, 1, 2),
        posts: anything,
        state: anything,
        times: anything,
      })
      const close = { kind: 'failed', failure: { kind: 'deadlock' } }
      await fc.assert(
        fc.asyncProperty(fc.array(message, { maxLength: 6 }), async messages => {
          // What cannot be reported the engine answers in this way too.
          const killed = { ok: false, failure: { class: 'killed' } } as const
          const outcome = await runWith([...messages, { ...last, state: close }], request()).catch(() => killed)
          expect(outcome.ok ? 'ok' : outcome.failure.class).toMatch(/^(ok|killed|deadlock|thrown)$/)
        }),
        { numRuns: ROUNDS },
      )
    },
    TIMEOUT_MS,
  )
})

describe('from tools to a guest', () => {
  const engine = createScriptEngine({ workers: 2 })
  afterAll(() => engine.close())
  const give = read(() => null)
  const source =
    'try { return { value: await tools.give({}) } } catch (e: any) { return { code: e.code, message: e.message } }'
  const runWith = (call: ScriptRequest['call'], more: object = {}) =>
    engine.run({
      ...requestFor(source, { give }, { limits: { memoryBytesMax: MEMORY_BYTES_MAX, graceMs: 20 } }),
      ...more,
      call,
    })
  const ok = (result: unknown) => async () => ({ ok: true, result, text: '' }) as never
  const cycle: unknown[] = []
  cycle.push(cycle)
  const isRight = async () => expect(returned(await engine.run(requestFor('return 1')))).toBe(1)

  test.each<[string, () => unknown]>([
    ['nothing', async () => undefined],
    ['null', async () => null],
    ['no promise', () => ({ ok: true, result: 1, text: '' })],
    ['an exception', () => JSON.parse('{')],
    ['a rejection with nothing', () => Promise.reject()],
    ['a failure without an error', async () => ({ ok: false })],
    ['a failure of symbols', async () => ({ ok: false, error: { code: Symbol('x'), message: 1n } })],
    ['a failure with a huge message', async () => ({ ok: false, error: { code: 'failed', message: 'x'.repeat(3e7) } })],
    ['a cycle', ok(cycle)],
    ['a big integer', ok(1n)],
    ['a getter that throws', ok(Object.defineProperty({}, 'a', { enumerable: true, get: () => JSON.parse('{') }))],
    ['a nest', ok(JSON.parse('['.repeat(10_000) + ']'.repeat(10_000)))],
    ['more than the machine holds', ok('x'.repeat(30 * MIB))],
    ['nearly what the machine holds', ok('x'.repeat(12 * MIB))],
    [
      'a thenable that answers twice',
      () => ({
        // biome-ignore lint/suspicious/noThenProperty: what is tested
        then: (f: (v: unknown) => void) => [f({ ok: true, result: 1, text: '' }), f({ ok: true, result: 2, text: '' })],
      }),
    ],
    ['keys named __proto__', ok(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'))],
    ['texts that are no Unicode', ok({ '\ud800': '\udc00', s: '\u2028\u0000\ufeff' })],
  ])('%s ends nothing but the call or the script', async (_name, answer) => {
    const outcome = await runWith(answer as ScriptRequest['call'])
    expect(outcome.ok ? 'ok' : outcome.failure.class).toMatch(/^(ok|memory|stack|cpu)$/)
    await isRight()
    expect('polluted' in {}).toBe(false)
  })

  test('answers after the end are not heard', async () => {
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>()
    const late = async () => {
      await isReleased
      return { ok: true, result: 1, text: '' } as const
    }
    const outcome = await runWith(late, { source: 'void tools.give({}); return 5' })
    expect(returned(outcome)).toBe(5)
    await isRight()
    release()
    await isRight()
  })

  test('approvals announced twice, never withdrawn or after the end stop nothing', async () => {
    let announce: (isPending: boolean) => void = () => {}
    const outcome = await runWith(async (_call, hooks) => {
      announce = hooks.onApprovalPending
      for (const isPending of [true, true, false, false, true]) announce(isPending)
      return { ok: true, result: 1, text: '' }
    })
    expect(returned(outcome)).toEqual({ value: 1 })
    for (const isPending of [true, false, true]) announce(isPending)
    await isRight()
  })

  test(
    'every JSON value arrives as it is, whatever its keys and texts',
    async () => {
      const text = fc.string({ unit: 'binary', maxLength: 40 })
      const key = fc.oneof(
        text,
        fc.constantFrom('__proto__', 'constructor', 'toString', 'then', 'toJSON', 'length', '0'),
      )
      const { tree } = fc.letrec(tie => ({
        tree: fc.oneof(
          { maxDepth: 4 },
          fc.oneof(
            fc.boolean(),
            fc.integer(),
            fc.double({ noNaN: true, noDefaultInfinity: true }),
            text,
            fc.constant(null),
          ),
          fc.array(tie('tree'), { maxLength: 5 }),
          fc.dictionary(key, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
        ),
      }))
      await fc.assert(
        fc.asyncProperty(tree, async value => {
          const plain = JSON.stringify(value).replace(/-0(?![.\d])/g, '0')
          const result = JSON.parse(plain) as never
          const outcome = await runWith(ok(result))
          expect(JSON.stringify(returned(outcome))).toBe(JSON.stringify({ value: result }))
        }),
        { numRuns: ROUNDS },
      )
    },
    TIMEOUT_MS,
  )
})

describe('settlements no host would send', () => {
  test(
    'no text whatever throws at the host, and the next script is right',
    async () => {
      const quickJs = await instantiateQuickJs(compiled, MEMORY_BYTES_MAX)
      let vm = createQuickJsVm(quickJs, MEMORY_BYTES_MAX)
      const host = {
        onCall: () => {},
        onTimer: () => {},
        onTimerCleared: () => {},
        onLog: () => {},
        onLogDropped: () => {},
      }
      const start = (source: string) =>
        vm.start({ ...given, code: preparedScript(source).code }, { ...host, shouldInterrupt: () => false })
      const id = fc.oneof(fc.integer({ min: -1, max: 3 }), fc.double(), fc.constantFrom('1', null, '__proto__'))
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 100 }),
        fc.constantFrom(
          '',
          'null',
          '[]',
          '{}',
          '{"calls":null}',
          '{"calls":[[1]],"timers":[1]}',
          '{"calls":[[1,false,null]],"timers":[]}',
        ),
        fc.constantFrom(
          '{"calls":[[1,true,{"__proto__":{"a":1},"then":1}]],"timers":[]}',
          `{"calls":[[1,true,${'['.repeat(3000)}${']'.repeat(3000)}]],"timers":[]}`,
        ),
        fc
          .array(fc.tuple(id, fc.boolean(), fc.jsonValue()), { maxLength: 4 })
          .map(calls => JSON.stringify({ calls, timers: [1, -1, 'x'] })),
      )
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async texts => {
          start('await tools.echo({}); setTimeout(() => {}, 1); return await tools.echo({})')
          for (const json of texts) {
            const state = vm.settle({ json, callIds: [1, 99], timerIds: [1], elapsedMs: Number.NaN })
            expect(['waiting', 'returned', 'failed']).toContain(state.kind)
          }
          if (!vm.reset()) vm = createQuickJsVm(await instantiateQuickJs(compiled, MEMORY_BYTES_MAX), MEMORY_BYTES_MAX)
          expect(start('return 1')).toMatchObject({ kind: 'returned', json: '1' })
          if (!vm.reset()) throw new Error('an ordinary script left an unclean machine')
        }),
        { numRuns: ROUNDS },
      )
    },
    TIMEOUT_MS,
  )
})
