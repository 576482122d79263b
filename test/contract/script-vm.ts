import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { syntaxLocator } from '../../src/script-engine/failure/syntax/syntax-locator.ts'
import { prepareScript } from '../../src/script-engine/source/prepare-script.ts'
import type {
  GuestCall,
  GuestLog,
  GuestTimer,
  ScriptVm,
  VmHost,
  VmScript,
  VmState,
} from '../../src/script-engine/vm/script-vm.ts'

const MIB = 1024 * 1024
export const VM_MEMORY_BYTES_MAX = 32 * MIB
/** For scripts that end by themselves; endless ones get `SOON_MS`. */
const DEADLINE_MS = 10_000
const SOON_MS = 30

interface Recorder extends VmHost {
  calls: GuestCall[]
  timers: GuestTimer[]
  cleared: number[]
  logs: GuestLog[]
  dropped: number
  polls: number
}

/** A host that keeps what the guest posts and ends it after a while. */
function recorder(deadlineMs = DEADLINE_MS): Recorder {
  const endMs = performance.now() + deadlineMs
  const host: Recorder = {
    ...{ calls: [], timers: [], cleared: [], logs: [], dropped: 0, polls: 0 },
    onCall: call => host.calls.push(call),
    onTimer: timer => host.timers.push(timer),
    onTimerCleared: id => host.cleared.push(id),
    onLog: line => host.logs.push(line),
    onLogDropped: () => {
      host.dropped += 1
    },
    shouldInterrupt: () => {
      host.polls += 1
      return performance.now() > endMs
    },
  }
  return host
}

function scriptOf(source: string, more: Partial<VmScript> = {}): VmScript {
  const preparation = prepareScript(source)
  if (!preparation.ok) throw new Error(preparation.failure.message)
  return {
    ...{ code: preparation.script.code, contextJson: '{}', toolNames: ['echo', 'fail'], randomWords: [1, 2, 3, 4] },
    ...{ nowMs: 0, toolCallsMax: 1_000, outputBytesMax: 100_000, stackBytesMax: 64 * 1024 },
    ...more,
  }
}

/** Line of the model's source that a stack names first. */
function lineIn(stack: string | undefined, source: string): number | undefined {
  const preparation = prepareScript(source)
  return preparation.ok ? syntaxLocator(preparation.script).thrown(stack ?? '', '')?.line : undefined
}

type Settled = [id: number, isOk: boolean, value: unknown]

function settle(vm: ScriptVm, calls: readonly Settled[], timers: readonly number[] = [], elapsedMs = 1): VmState {
  const json = JSON.stringify({ calls, timers })
  return vm.settle({ json, callIds: calls.map(([id]) => id), timerIds: timers, elapsedMs })
}

const returned = (value: unknown) => ({ kind: 'returned', json: JSON.stringify(value), unawaitedAt: [] })
const failedWith = (kind: string) => ({ kind: 'failed', failure: { kind } })
const STATES = ['waiting', 'returned', 'failed']

/**
 * What every `ScriptVm` does. `create` makes a machine with `VM_MEMORY_BYTES_MAX`; a machine whose `reset` says false
 * is never used again.
 */
export function scriptVmContract(name: string, create: () => Promise<ScriptVm>): void {
  describe(`${name} as a script VM`, () => {
    let vm: ScriptVm
    let host: Recorder
    beforeEach(async () => {
      vm = await create()
      host = recorder()
    })
    const start = (source: string, more?: Partial<VmScript>) => vm.start(scriptOf(source, more), host)

    /** After whatever happened, the next script is right: in this machine if it is clean, else in a fresh one. */
    async function expectNextRight(): Promise<void> {
      if (!vm.reset()) vm = await create()
      host = recorder()
      const source =
        'const r = await tools.echo({}); return [r, typeof leak, [1].map(x => x + 1), Object.keys(globalThis.extra ?? {})]'
      expect(start(source).kind).toBe('waiting')
      expect(host.calls.map(call => call.id)).toEqual([1])
      expect(settle(vm, [[1, true, { a: 1 }]])).toEqual(returned([{ a: 1 }, 'undefined', [2], []]))
    }

    describe('start', () => {
      test('a value is returned as JSON, no value as none', () => {
        expect(start('return { a: [1, "é"] }')).toEqual(returned({ a: [1, 'é'] }))
        expect(vm.reset()).toBe(true)
        expect(start('const a = 1')).toEqual({ kind: 'returned', unawaitedAt: [] })
      })

      test('a thrown error is described, with the line it was made at', () => {
        const source = 'const a = 1\nthrow new RangeError("bad")'
        const state = start(source)
        expect(state).toMatchObject({
          kind: 'failed',
          failure: { kind: 'thrown', error: { name: 'RangeError', message: 'bad' } },
        })
        if (state.kind !== 'failed' || state.failure.kind !== 'thrown') throw new Error('no error')
        expect(lineIn(state.failure.error.stack, source)).toBe(2)
      })

      test('what does not parse is a parse failure, and nothing ran', () => {
        const state = vm.start(
          { ...scriptOf(''), code: '(async () => {\ntools.echo({}); const a = 1; const a = 2\n})' },
          host,
        )
        expect(state).toMatchObject(failedWith('parse'))
        expect(host.calls).toEqual([])
      })

      test('calls are posted in order, numbered from 1, with their arguments and their line', () => {
        const source =
          'const a = tools.echo({ n: 1 })\nconst b = tools.echo()\nconst c = (tools as any).nope({ s: "é\\0" })\nawait a'
        expect(start(source)).toEqual({ kind: 'waiting' })
        expect(host.calls.map(({ id, tool, argsJson, stack }) => [id, tool, argsJson, lineIn(stack, source)])).toEqual([
          [1, 'echo', '{"n":1}', 1],
          [2, 'echo', '{}', 2],
          [3, 'nope', '{"s":"é\\u0000"}', 3],
        ])
      })

      test('a script can end while calls are pending', () => {
        expect(start('void tools.echo({}); return 1')).toEqual(returned(1))
        expect(host.calls).toHaveLength(1)
      })

      test('promises left in the value are named', () => {
        expect(start('return { list: [Promise.resolve(1)] }')).toMatchObject({ unawaitedAt: ['.list[0]'] })
      })

      test('a rejection nobody handled is a failure, one handled in time is not', () => {
        expect(start('void Promise.reject(new Error("lost")); return 1')).toMatchObject(failedWith('thrown'))
        expect(vm.reset()).toBe(true)
        expect(start('const p = Promise.reject(1); await null; await p.catch(() => 2); return 3')).toEqual(returned(3))
      })

      test('calls beyond their number are refused in the guest', () => {
        const source =
          'const codes = []; for (let i = 0; i < 3; i++) tools.echo({}).catch(e => codes.push(e.code)); await null; await null; return codes'
        expect(start(source, { toolCallsMax: 1 })).toEqual(returned(['too-many-calls', 'too-many-calls']))
        expect(host.calls).toHaveLength(1)
      })

      test('the context is there at once and cannot be changed', () => {
        const source = 'try { context.env.A = 2 } catch (e) { return [context.env.A, e.name] }'
        expect(start(source, { contextJson: '{"env":{"A":1}}' })).toEqual(returned([1, 'TypeError']))
      })
    })

    describe('settle', () => {
      test('values and errors reach their awaits, in the order of the batch', () => {
        const source = `const order = []
          const calls = [tools.echo({}), tools.fail({}), tools.echo({})]
          await Promise.allSettled(calls.map((call, i) => call.then(v => order.push([i, v]), e => order.push([i, e.name, e.message, e.tool, e.code, e.callId]))))
          return order`
        expect(start(source).kind).toBe('waiting')
        const error = { tool: 'fail', code: 'denied', callId: 'c2', message: 'no' }
        const batch: Settled[] = [
          [3, true, 'c'],
          [2, false, error],
          [1, true, null],
        ]
        expect(settle(vm, batch)).toEqual(
          returned([
            [2, 'c'],
            [1, 'ToolError', 'no', 'fail', 'denied', 'c2'],
            [0, null],
          ]),
        )
      })

      test('it waits until the last call is settled', () => {
        start('return await Promise.all([tools.echo({}), tools.echo({})])')
        expect(settle(vm, [[2, true, 2]])).toEqual({ kind: 'waiting' })
        expect(settle(vm, [[1, true, 1]])).toEqual(returned([1, 2]))
      })

      test('values are frozen to their depths', () => {
        start('const r = await tools.echo({}); return [r, r.a, r.a[0]].map(Object.isFrozen)')
        expect(settle(vm, [[1, true, { a: [{ b: 1 }] }]])).toEqual(returned([true, true, true]))
      })

      test('unknown, doubled and settled ids do no harm', () => {
        start('const a = await tools.echo({}); const b = await tools.echo({}); return [a, b]')
        const ids = [99, 0, -1, 1e300, 0.5]
        expect(
          settle(
            vm,
            ids.map(id => [id, true, id]),
          ).kind,
        ).toBe('waiting')
        expect(
          settle(vm, [
            [1, true, 'first'],
            [1, true, 'again'],
            [1, false, {}],
          ]).kind,
        ).toBe('waiting')
        expect(settle(vm, [[1, true, 'late']]).kind).toBe('waiting')
        expect(settle(vm, [[2, true, 'second']])).toEqual(returned(['first', 'second']))
      })

      test('an invalid settlement is a failure, not an exception', async () => {
        for (const json of [
          'not json',
          '',
          '{}',
          'null',
          '[]',
          '{"calls":1,"timers":1}',
          '{"calls":[null],"timers":[]}',
        ]) {
          start('return await tools.echo({})')
          const state = vm.settle({ json, callIds: [], timerIds: [], elapsedMs: 1 })
          expect(STATES, json).toContain(state.kind)
          await expectNextRight()
          if (!vm.reset()) vm = await create()
          host = recorder()
        }
      })

      test('before the start, after the end and after a reset it is refused', async () => {
        expect(settle(vm, [[1, true, 1]]).kind).toBe('failed')
        expect(start('void tools.echo({}); return 1').kind).toBe('returned')
        expect(STATES).toContain(settle(vm, [[1, true, 1]]).kind)
        expect(vm.reset()).toBe(true)
        expect(settle(vm, [[1, true, 1]]).kind).toBe('failed')
        await expectNextRight()
      })
    })

    describe('timers and the clock', () => {
      test('timers are posted with their delays, cleared ones too, and run when due', () => {
        const source = `const order = []
          const lost = setTimeout(() => order.push('lost'), 5); clearTimeout(lost)
          setTimeout(() => order.push('b'), 1e12); setTimeout(x => order.push(x), -1, 'a')
          await tools.echo({}); return order`
        expect(start(source).kind).toBe('waiting')
        expect(host.timers.map(({ id, delayMs }) => [id, delayMs])).toEqual([
          [1, 5],
          [2, 2 ** 31 - 1],
          [3, 0],
        ])
        expect(host.cleared).toEqual([1])
        expect(settle(vm, [], [3, 1, 2, 77]).kind).toBe('waiting')
        expect(settle(vm, [[1, true, 0]])).toEqual(returned(['a', 'b']))
      })

      test('a call settled together with a timer comes first', () => {
        start('return await Promise.race([new Promise(r => setTimeout(r, 1, "timer")), tools.echo({})])')
        expect(settle(vm, [[1, true, 'call']], [1])).toEqual(returned('call'))
      })

      test('the clock begins as given, moves with settlements and never backwards', () => {
        const source =
          'const a = Date.now(); await tools.echo({}); const b = Date.now(); await tools.echo({}); return [a - 1000, b - 1000, Date.now() > b, performance.now() > 500]'
        start(source, { nowMs: 1_000 })
        settle(vm, [[1, true, 0]], [], 500)
        const state = settle(vm, [[2, true, 0]], [], 10)
        if (state.kind !== 'returned') throw new Error(state.kind)
        const [first, second, ...rest] = JSON.parse(state.json ?? '[]') as [number, number, boolean, boolean]
        expect(first).toBeLessThan(10)
        expect(second).toBeGreaterThanOrEqual(500)
        expect(second).toBeLessThan(510)
        expect(rest).toEqual([true, true])
      })

      test('equal seeds give equal numbers, other seeds others', () => {
        const source = 'return Array.from({ length: 5 }, () => Math.random())'
        const states = (
          [
            [1, 2, 3, 4],
            [1, 2, 3, 4],
            [4, 3, 2, 1],
          ] as const
        ).map(randomWords => {
          const state = start(source, { randomWords })
          expect(vm.reset()).toBe(true)
          return state
        })
        expect(states[0]).toEqual(states[1])
        expect(states[0]).not.toEqual(states[2])
      })
    })

    describe('deadlock', () => {
      test.each([
        ['a promise nobody resolves', 'const a = 1\nawait new Promise(() => {})', 2],
        [
          'a nested async function',
          'async function f() {\n  await null\n  await new Promise(() => {})\n}\nawait f()',
          3,
        ],
        ['one of Promise.all', 'await Promise.all([\n  Promise.resolve(1),\n  new Promise(() => {})\n])', 3],
        ['withResolvers', 'const { promise } = Promise.withResolvers()\nawait promise', 1],
      ])('%s is found at once, with its line', (_name, source, line) => {
        const state = start(source)
        expect(state).toMatchObject(failedWith('deadlock'))
        if (state.kind !== 'failed' || state.failure.kind !== 'deadlock') throw new Error('no deadlock')
        expect(lineIn(state.failure.stack, source)).toBe(line)
      })

      test('a pending call or timer is none, until it is settled', () => {
        start('await tools.echo({}); await new Promise(() => {})')
        expect(settle(vm, [[1, true, 1]])).toMatchObject(failedWith('deadlock'))
        expect(vm.reset()).toBe(true)
        expect(start('setTimeout(() => {}, 1); await new Promise(() => {})').kind).toBe('waiting')
        expect(settle(vm, [], [1])).toMatchObject(failedWith('deadlock'))
      })
    })

    describe('limits', () => {
      test.each([
        ['a loop', 'for (;;) {}'],
        ['a loop that catches', 'for (;;) { try { for (;;) {} } catch {} }'],
        ['endless microtasks', 'for (;;) await null'],
        ['a regular expression', '/^(a+)+$/.test("a".repeat(60) + "b")'],
        ['a getter of the result', 'return { get a() { for (;;) {} } }'],
        ['a loop after the first wait', 'await tools.echo({}); for (;;) {}'],
      ])('%s is interrupted', async (_name, source) => {
        host = recorder(SOON_MS)
        let state = start(source)
        if (state.kind === 'waiting') state = settle(vm, [[1, true, 1]])
        expect(state).toMatchObject(failedWith('interrupted'))
        expect(host.polls).toBeGreaterThan(0)
        await expectNextRight()
      })

      test('an interrupted script cannot post calls any more', () => {
        host = recorder(SOON_MS)
        start('try { for (;;) {} } finally { tools.echo({}) }')
        expect(host.calls).toEqual([])
      })

      test.each([
        ['arrays', 'const a: any[] = []; for (;;) a.push(new Array(1000).fill(1))'],
        ['typed arrays', 'const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))'],
        ['strings', 'const a = []; for (let i = 0; ; i++) a.push("x".repeat(1e5) + i)'],
      ])('memory for %s ends at the cap', async (_name, source) => {
        expect(start(source)).toMatchObject(failedWith('memory'))
        expect(vm.memoryBytes()).toBeLessThanOrEqual(VM_MEMORY_BYTES_MAX)
        await expectNextRight()
      })

      test("a stack that overflows is the guest's error, caught or not", async () => {
        expect(start('const f = () => f(); f()')).toMatchObject(failedWith('stack'))
        if (!vm.reset()) vm = await create()
        expect(start('const f = () => f(); try { f() } catch { return 1 }')).toEqual(returned(1))
        await expectNextRight()
      })

      test('a value as long as allowed is returned, a longer one is not', () => {
        expect(start('return "x".repeat(98)', { outputBytesMax: 100 })).toEqual(returned('x'.repeat(98)))
        expect(vm.reset()).toBe(true)
        const state = start('return "x".repeat(99)', { outputBytesMax: 100 })
        expect(state).toMatchObject({ kind: 'failed', failure: { kind: 'output-too-large', lengthMin: 101 } })
      })

      test('console lines carry their level, those beyond the limits are counted', () => {
        start('console.warn("é", { a: 1 }); for (let i = 0; i < 30; i++) console.log(i)')
        expect(host.logs[0]).toMatchObject({ level: 2, json: '"é { a: 1 }"' })
        expect([host.logs.length, host.dropped]).toEqual([20, 11])
      })
    })

    describe('reset', () => {
      test.each([
        ['globals', '(globalThis as any).leak = 1; (globalThis as any).extra = { a: 1 }'],
        [
          'prototypes',
          '(Object.prototype as any).x = 1; (Array.prototype as any).map = null; (JSON as any).parse = null',
        ],
        ['pending calls and timers', 'tools.echo({}); setTimeout(() => {}, 1); await tools.echo({})'],
        ['a deadlock', 'await new Promise(() => {})'],
        ['an error', 'throw new Error("x")'],
        ['a parse failure', 'return eval("(")'],
        ['a large heap', 'const a = Array.from({ length: 1e5 }, (_, i) => ({ i })); return a.length'],
      ])('nothing is left of %s', async (_name, source) => {
        start(source)
        await expectNextRight()
      })

      test('in the middle of a script it ends the script', async () => {
        start('for (;;) await tools.echo({})')
        settle(vm, [[1, true, 1]])
        expect(vm.reset()).toBe(true)
        expect(vm.reset()).toBe(true)
        expect(settle(vm, [[2, true, 1]]).kind).toBe('failed')
        await expectNextRight()
      })
    })

    test('times of one script do not count for the next', () => {
      start(`return ${JSON.stringify('x'.repeat(50_000))}.length`)
      const first = vm.times.startMs
      expect(first).toBeGreaterThan(0)
      vm.reset()
      start('return 1')
      expect(Object.values({ ...vm.times }).every(ms => ms >= 0 && ms < 1_000)).toBe(true)
    })

    test('no method throws, whatever comes in whatever order, and the next script is right', async () => {
      const sources = [
        'return await tools.echo({})',
        'for (let i = 0; i < 5; i++) await Promise.race([tools.echo({ i }), new Promise(r => setTimeout(r, i))])',
        'throw { toString() { throw 1 } }',
        'await new Promise(() => {})',
        'return new Proxy({}, { ownKeys() { throw 1 } })',
        '(globalThis as any).leak = tools.echo({}); (Object.prototype as any).then = 1; return leak',
      ]
      const id = fc.oneof(fc.integer({ min: -1, max: 7 }), fc.double())
      const batch = fc.record({
        calls: fc.array(fc.tuple(id, fc.boolean(), fc.jsonValue({ maxDepth: 2 })), { maxLength: 4 }),
        timers: fc.array(id, { maxLength: 3 }),
      })
      const operation = fc.oneof(
        fc.constantFrom(...sources).map(source => () => {
          vm.reset()
          return start(source)
        }),
        batch.map(given => () => settle(vm, given.calls as Settled[], given.timers)),
        fc.string().map(json => () => vm.settle({ json, callIds: [1], timerIds: [1], elapsedMs: -1 })),
        fc.constant(() => {
          vm.memoryBytes()
          return vm.reset() ? { kind: 'waiting' } : { kind: 'failed' }
        }),
      )
      await fc.assert(
        fc.asyncProperty(fc.array(operation, { maxLength: 12 }), async operations => {
          if (!vm.reset()) vm = await create()
          host = recorder()
          for (const run of operations) expect(STATES).toContain(run().kind)
          await expectNextRight()
        }),
        { numRuns: 60 },
      )
    })
  })
}
