import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonValue } from '../../src/contracts/json.ts'
import {
  SCRIPT_LIMITS_DEFAULT,
  type ScriptEngine,
  type ScriptFailureClass,
  type ScriptLimits,
  type ScriptOutcome,
  type ScriptRequest,
} from '../../src/contracts/script.ts'
import type { ToolDefinition, ToolEffect, ToolErrorCode, ToolOutcome } from '../../src/contracts/tool.ts'

type Perform = (args: never, hooks: Parameters<ScriptRequest['call']>[1]) => unknown

export interface TestTool {
  effect: ToolEffect
  perform: Perform
}

const anything = { type: 'object' }

export function definitionsOf(tools: Record<string, TestTool>): ToolDefinition[] {
  return Object.entries(tools).map(([name, { effect }]) => {
    return { name, description: name, inputSchema: anything, resultSchema: {}, effect }
  })
}

/** A request whose tools are plain functions: what they throw is the failure, with its `code` where it has one. */
export function requestFor(
  source: string,
  tools: Record<string, TestTool> = {},
  more: Partial<Omit<ScriptRequest, 'limits'>> & { limits?: Partial<ScriptLimits> } = {},
): ScriptRequest {
  return {
    source,
    tools: definitionsOf(tools),
    call: async ({ tool, args }, hooks): Promise<ToolOutcome> => {
      try {
        const result = (await (tools[tool] as TestTool).perform(args as never, hooks)) as JsonValue
        return { ok: true, result: result ?? null, text: '' }
      } catch (error) {
        const { code = 'failed', message } = error as Error & { code?: ToolErrorCode }
        return { ok: false, error: { code, message } }
      }
    },
    context: { workingDirectory: '/workspace', conversationId: 'c1', limits: { turns: 3 }, env: { HOME: '/home' } },
    seed: 'seed',
    nowMs: 1_767_225_600_000,
    callIdPrefix: 'call-',
    ...more,
    limits: { ...SCRIPT_LIMITS_DEFAULT, ...more.limits },
  }
}

export const read = (perform: Perform): TestTool => ({ effect: 'read', perform })
export const write = (perform: Perform): TestTool => ({ effect: 'write', perform })
const echo = read((args: JsonValue) => args)
const fail = read(() => {
  throw new Error('no such file: a.txt')
})
/** Takes `ms` and gives it; an abort ends it early, as a failure. */
export const slow = read(async ({ ms }: { ms: number }, { signal }) => {
  await sleep(ms, undefined, { signal }).catch(() => {
    throw new Error('aborted')
  })
  return ms
})

/** A tool that takes a while and remembers in which order its calls began and how many ran at the same time. */
export function watched(durationMs: number) {
  const seen = { started: [] as number[], running: 0, most: 0 }
  const tool = read(async ({ n }: { n: number }) => {
    seen.started.push(n)
    seen.running += 1
    seen.most = Math.max(seen.most, seen.running)
    await sleep(durationMs)
    seen.running -= 1
    return n
  })
  return { tool, seen }
}

export function returned(outcome: ScriptOutcome): unknown {
  if (!outcome.ok) throw new Error(`${outcome.failure.class}: ${outcome.failure.message}`)
  return outcome.value
}

export function failed(outcome: ScriptOutcome) {
  if (outcome.ok) throw new Error(`the script returned ${JSON.stringify(outcome.value)}`)
  return outcome.failure
}

function placeOf(outcome: ScriptOutcome): [ScriptFailureClass, number | undefined, number | undefined] {
  const failure = failed(outcome)
  return [failure.class, failure.line, failure.column]
}

/** What every script engine does; figures are generous bounds, never measurements. */
export function scriptEngineContract(name: string, create: () => ScriptEngine): void {
  describe(`${name} as a script engine`, () => {
    let engine: ScriptEngine
    beforeAll(async () => {
      engine = create()
      await engine.run(requestFor('return 1'))
    })
    afterAll(() => engine.close())
    const run = (...args: Parameters<typeof requestFor>) => engine.run(requestFor(...args))

    describe('calls', () => {
      test('ten calls of one Promise.all run together', async () => {
        const { tool, seen } = watched(100)
        const source = 'return await Promise.all([1,2,3,4,5,6,7,8,9,10].map(n => tools.watched({ n })))'
        const outcome = await run(source, { watched: tool })
        const numbers = Array.from({ length: 10 }, (_, index) => index + 1)
        expect(returned(outcome)).toEqual(numbers)
        expect(seen).toMatchObject({ started: numbers, most: 10 })
        expect(outcome.timings.maxInFlight).toBe(10)
        const { utilisation = 0 } = outcome.timings
        const sumMs = outcome.calls.reduce((sum, { ms }) => sum + ms, 0)
        const [startMs, endMs] = [
          Math.min(...outcome.calls.map(call => call.startedMs)),
          Math.max(...outcome.calls.map(call => call.startedMs + call.ms)),
        ]
        expect(utilisation).toBeCloseTo(sumMs / (endMs - startMs), 1)
      })

      test('a call starts when it is called, not when it is awaited', async () => {
        const { tool, seen } = watched(20)
        const source =
          'const a = tools.watched({ n: 1 }); const b = tools.watched({ n: 2 }); const n = await tools.begun({}); return [n, await b, await a]'
        const outcome = await run(source, { watched: tool, begun: read(() => seen.started.length) })
        expect(returned(outcome)).toEqual([2, 2, 1])
        expect(seen).toMatchObject({ started: [1, 2], most: 2 })
      })

      test('1 000 calls queue under the cap, start in the order of their calls and none is refused', async () => {
        const { tool, seen } = watched(1)
        const numbers = Array.from({ length: 1_000 }, (_, index) => index)
        const source = 'return await Promise.all(Array.from({ length: 1000 }, (_, n) => tools.watched({ n })))'
        const outcome = await run(source, { watched: tool }, { limits: { concurrentCallsMax: 32 } })
        expect(returned(outcome)).toEqual(numbers)
        expect(seen).toEqual({ started: numbers, running: 0, most: 32 })
        expect(outcome.timings.maxInFlight).toBe(32)
        expect(outcome.calls.every(call => call.status === 'ok' && call.awaited)).toBe(true)
      })

      test('calls beyond toolCallsMax fail with a class of their own', async () => {
        const source = 'for (let i = 0; i < 10; i++) await tools.echo({ i })'
        const outcome = await run(source, { echo }, { limits: { toolCallsMax: 3 } })
        expect(failed(outcome).class).toBe('too-many-calls')
        expect(outcome.calls).toHaveLength(3)
      })

      test('10 000 sequential awaits', async () => {
        const source = 'let sum = 0; for (let i = 0; i < 10000; i++) sum += await i; return sum'
        expect(returned(await run(source))).toBe(49_995_000)
      })

      test('300 sequential calls', async () => {
        const source = 'let sum = 0; for (let i = 0; i < 300; i++) sum += (await tools.echo({ i })).i; return sum'
        expect(returned(await run(source, { echo }))).toBe(44_850)
      })

      test('allSettled and any with failing tools', async () => {
        const source = `
          const settled = await Promise.allSettled([tools.fail({}), tools.echo({ a: 1 })])
          const any = await Promise.any([tools.fail({}), tools.echo({ a: 2 })])
          const none = await Promise.any([tools.fail({}), tools.fail({})]).catch((e: any) => [e.name, e.errors.map((x: any) => x.code)])
          return [settled.map(each => each.status), any, none]`
        expect(returned(await run(source, { echo, fail }))).toEqual([
          ['rejected', 'fulfilled'],
          { a: 2 },
          ['AggregateError', ['failed', 'failed']],
        ])
      })

      test('a hung tool obeys its own timeout, which the script can catch', async () => {
        const hung = read(async (_args, { signal }) => {
          await sleep(30, undefined, { signal })
          throw Object.assign(new Error('exec took longer than 30 ms'), { code: 'timed-out' })
        })
        const source = `const other = tools.echo({ a: 1 })
          try { await tools.hung({}) } catch (e: any) { return [e.code, e.tool, e.message, await other, await tools.echo({ b: 2 })] }`
        const outcome = await run(source, { hung, echo })
        expect(returned(outcome)).toEqual(['timed-out', 'hung', 'exec took longer than 30 ms', { a: 1 }, { b: 2 }])
        expect(outcome.calls.map(call => call.status)).toEqual(['ok', 'failed', 'ok'])
        const uncaught = await run('const a = 1\nawait tools.hung({})', { hung })
        expect(failed(uncaught)).toMatchObject({
          class: 'tool-error',
          line: 2,
          message: expect.stringContaining('timed-out'),
        })
      })

      test('race returns early; a losing read is cancelled, a losing write finishes, both are named', async () => {
        let written = 0
        const aborted: string[] = []
        const outcome = await run(
          'return await Promise.race([\n  tools.slow({ ms: 5 }),\n  tools.hang({}),\n  tools.put({})\n])',
          {
            slow,
            hang: read((_args, { signal }) => {
              return new Promise((_resolve, reject) => {
                signal.addEventListener('abort', () => {
                  aborted.push('hang')
                  reject(new Error('aborted'))
                })
              })
            }),
            put: write(async () => {
              await sleep(60)
              written += 1
            }),
          },
        )
        expect(returned(outcome)).toBe(5)
        expect(written).toBe(1)
        expect(aborted).toEqual(['hang'])
        expect(outcome.notices).toEqual([
          expect.stringContaining(
            'tools.hang (line 3): not awaited; still ran when the script ended and was cancelled',
          ),
          'tools.put (line 4): not awaited; still ran when the script ended and finished then',
        ])
        expect(outcome.calls.map(({ tool, status, awaited }) => [tool, status, awaited])).toEqual([
          ['slow', 'ok', true],
          ['hang', 'cancelled', false],
          ['put', 'ok', false],
        ])
      })

      test('calls nobody awaits: a write is ended after the grace period', async () => {
        const outcome = await run(
          'tools.put({}); return 1',
          { put: write((_args, { signal }) => sleep(60_000, null, { signal })) },
          { limits: { graceMs: 30 } },
        )
        expect(returned(outcome)).toBe(1)
        expect(outcome.notices[0]).toContain('it may have had effects')
        expect(outcome.calls[0]).toMatchObject({ status: 'cancelled', awaited: false })
      })

      test('calls nobody awaits: a cancellation ends the grace period too', async () => {
        const stop = new AbortController()
        const put = write(() => new Promise(() => setTimeout(() => stop.abort(), 20)))
        const startedMs = performance.now()
        const outcome = await run(
          'tools.put({}); return 1',
          { put },
          { signal: stop.signal, limits: { graceMs: 60_000 } },
        )
        expect(outcome.calls[0]).toMatchObject({ status: 'cancelled', awaited: false })
        expect(performance.now() - startedMs).toBeLessThan(10_000)
      })

      test('calls nobody awaits: those still queued at the end never start', async () => {
        let started = 0
        const count = write(async () => {
          started += 1
          await sleep(20)
        })
        const source = 'for (let i = 0; i < 5; i++) void tools.count({}); return 1'
        const outcome = await run(source, { count }, { limits: { concurrentCallsMax: 2 } })
        expect(started).toBe(2)
        expect(outcome.notices[0]).toContain('never did')
        expect(outcome.calls.filter(call => call.status === 'cancelled')).toHaveLength(3)
      })

      test('the ledger tells order, arguments and what failed', async () => {
        const source = 'const a = tools.slow({ ms: 40 }); try { await tools.fail({ x: 1 }) } catch {} return await a'
        const { calls } = await run(source, { slow, fail })
        expect(calls).toMatchObject([
          { callId: 'call-1', tool: 'slow', args: { ms: 40 }, status: 'ok', settled: 1, awaited: true },
          { callId: 'call-2', tool: 'fail', args: { x: 1 }, status: 'failed', settled: 0, awaited: true },
        ])
        expect(calls[1]?.error).toEqual({ code: 'failed', message: 'no such file: a.txt' })
      })

      test('a call whose host side throws or rejects is a failure of that call', async () => {
        const request = requestFor('try { await tools.echo({}) } catch (e: any) { return e.message }', { echo })
        for (const call of [
          () => Promise.reject(new Error('broken')),
          () => {
            throw new Error('broken')
          },
        ]) {
          expect(returned(await engine.run({ ...request, call }))).toBe('broken')
        }
      })
    })

    describe('tools in the guest', () => {
      test('a tool error is a real Error with its fields and no host path', async () => {
        const source = `try { await tools.fail({}) } catch (e: any) {
          return [e instanceof ToolError, e instanceof Error, e.name, e.message, e.tool, e.code, e.callId, String(e), e.stack]
        }`
        const value = returned(await run(source, { fail })) as unknown[]
        expect(value.slice(0, 8)).toEqual([
          ...[true, true, 'ToolError', 'no such file: a.txt', 'fail', 'failed', 'call-1'],
          'ToolError: no such file: a.txt',
        ])
        expect(value[8]).toMatch(/script\.ts:1:/)
        expect(value[8]).not.toMatch(/prelude|\/src\//)
      })

      test('a tool error keeps every word of its message', async () => {
        const message = `line 1\n  "quoted" \\ é \u0000 token=secret /etc/passwd ${'x'.repeat(5_000)} end`
        const broken = read(() => {
          throw new Error(message)
        })
        const source = 'try { await tools.broken({}) } catch (e: any) { return e.message }'
        expect(returned(await run(source, { broken }))).toBe(message)
      })

      test('an uncaught tool error names the tool and its own line', async () => {
        const outcome = await run('const a = 1\n  await tools.fail({})', { fail })
        expect(placeOf(outcome)).toEqual(['tool-error', 2, 15])
        expect(failed(outcome).message).toBe('tools.fail failed (failed): no such file: a.txt')
      })

      test('an unknown tool is answered with help: the nearest names', async () => {
        const outcome = await run('await tools.read_file({})', { readFile: echo, exec: echo })
        expect(placeOf(outcome)).toEqual(['unknown-tool', 1, 13])
        expect(failed(outcome).message).toContain('did you mean tools.readFile?')
      })

      test('names of Object.prototype, then, toJSON and symbols are undefined', async () => {
        const source = `const t: any = tools
          return [t.then, t.toJSON, t.constructor, t.__proto__, t.hasOwnProperty, t.toString, t[Symbol.iterator]].map(x => typeof x)`
        expect(returned(await run(source, { echo }))).toEqual(Array.from({ length: 7 }, () => 'undefined'))
      })

      test('any other name than those of Object.prototype is a function that fails as an unknown tool', async () => {
        const source = `const t: any = tools
          const names: string[] = JSON.parse(context.env.NAMES!)
          return Promise.all(names.map(async name => {
            if (typeof t[name] !== 'function') return typeof t[name]
            try { return await t[name]({}) } catch (e: any) { return [e instanceof ToolError, e.code, e.tool === name] }
          }))`
        const drawn = fc.sample(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), { numRuns: 200 })
        const names = ['Echo', 'name', 'length', 'prototype', 'call', 'apply', 'catch', '0', '', ' ', 'is', ...drawn]
        const others = names.filter(name => !(name in Object.prototype) && !['echo', 'then', 'toJSON'].includes(name))
        const context = { workingDirectory: '', conversationId: '', limits: {}, env: { NAMES: JSON.stringify(others) } }
        const value = returned(await run(source, { echo }, { context })) as unknown[]
        expect(value).toEqual(others.map(() => [true, 'unknown-tool', true]))
      })

      test('tools can be listed, awaited and not changed', async () => {
        const source = `const t: any = await tools
          try { t.echo = 1 } catch (e: any) { return [Object.keys(t), 'echo' in t, 'nope' in t, t.echo === t.echo, e.name] }`
        expect(returned(await run(source, { echo }))).toEqual([['echo'], true, false, true, 'TypeError'])
      })

      test('arguments that are not JSON, or more than one, are refused', async () => {
        const source = `const codes = []
          for (const call of [() => tools.echo({ n: 1n }), () => (tools.echo as any)({}, {}), () => tools.echo((() => 1) as any)]) {
            try { await call() } catch (e: any) { codes.push(e.code) }
          }
          return codes`
        expect(returned(await run(source, { echo }))).toEqual(Array.from({ length: 3 }, () => 'invalid-arguments'))
      })

      test('results are deep-frozen, and a change throws what strict mode throws', async () => {
        const source = `const r: any = await tools.echo({ a: { b: [1, [{ c: 1 }]] } })
          const tries = [() => { r.a = 1 }, () => { r.a.b.push(2) }, () => { delete r.a.b }, () => { r.new = 1 },
            () => { r.a.b[1][0].c = 2 }, () => { r.a.b[1].length = 0 }, () => { r.a.b.reverse() }]
          return [tries.map(t => { try { t(); return 'changed' } catch (e: any) { return e.name } }), r]`
        const value = returned(await run(source, { echo }))
        expect(value).toEqual([Array.from({ length: 7 }, () => 'TypeError'), { a: { b: [1, [{ c: 1 }]] } }])
        const failure = failed(await run('const r: any = await tools.echo({ a: 1 })\nr.a = 2', { echo }))
        expect(failure).toMatchObject({
          class: 'thrown',
          line: 2,
          message: expect.stringMatching(/TypeError: .*read-only/),
        })
      })

      test('10 MB come back from a tool as they were, 10 MB of arguments are refused with both sizes', async () => {
        const text = 'é'.repeat(5_000_000)
        const give = read(() => ({ text }))
        const source = 'const { text } = await tools.give({}); return [text.length, text[4_999_999]]'
        expect(returned(await run(source, { give }))).toEqual([5_000_000, 'é'])
        const large = 'try { await tools.give({ s: "x".repeat(10_000_000) }) } catch (e: any) { return e.message }'
        expect(returned(await run(large, { give }))).toMatch(/10000008 characters.*8388608/)
      })

      test('results of every JSON shape arrive as they are', async () => {
        const result = { text: 'é𝒳\u0000\u2028"\\', list: [null, true, -0.5, 1e21], __proto__x: {}, '': [] }
        const outcome = await run('return await tools.give({})', { give: read(() => result) })
        expect(returned(outcome)).toEqual(result)
      })

      test('a result that is not JSON fails that call alone', async () => {
        const source = 'try { await tools.give({}) } catch (e: any) { return e.message }'
        expect(returned(await run(source, { give: read(() => ({ n: 1n })) }))).toContain('not JSON')
      })
    })

    describe('context, clock and console', () => {
      test('context is synchronous and frozen', async () => {
        const source = `try { (context as any).env.HOME = 'x' } catch (e: any) { return [context.workingDirectory, context.limits, e.name] }`
        expect(returned(await run(source))).toEqual(['/workspace', { turns: 3 }, 'TypeError'])
        const tries = `return [() => { (context as any).x = 1 }, () => { (globalThis as any).context = 1 },
          () => { (context.limits as any).turns = 9 }, () => { delete (globalThis as any).context }].map(t => { try { t(); return 'changed' } catch (e: any) { return e.name } })`
        expect(returned(await run(tries))).toEqual(Array.from({ length: 4 }, () => 'TypeError'))
      })

      test('clock and chance are given: equal seeds give equal scripts', async () => {
        const source =
          'return [Math.random(), Math.random(), Date.now() >= 1767225600000, new Date().getUTCFullYear(), typeof performance.now()]'
        const [first, second, other] = [await run(source), await run(source), await run(source, {}, { seed: 'other' })]
        expect(returned(first)).toEqual(returned(second))
        expect((returned(first) as unknown[]).slice(2)).toEqual([true, 2026, 'number'])
        expect(returned(other)).not.toEqual(returned(first))
      })

      test('clock and chance are the same whenever a script runs', async () => {
        const source = `const a = [Date.now(), performance.now(), Math.random(), new Date().toISOString()]
          for (let i = 0; i < 1000; i++) await i
          return [...a, Date.now(), performance.now(), performance.timeOrigin, Math.random()]`
        const outcomes = [await run(source), await run(source)]
        expect(returned(outcomes[0] as ScriptOutcome)).toEqual(returned(outcomes[1] as ScriptOutcome))
        expect((returned(outcomes[0] as ScriptOutcome) as number[])[0]).toBe(1_767_225_600_001)
      })

      test('clock and chance: dates behave as dates', async () => {
        const source = `const d = new Date(0), e: any = new (Date as any)(2020, 1, 2)
          return [d instanceof Date, d.toISOString(), e.getMonth(), typeof (Date as any)(), Date.UTC(2020, 0), new Date(d).getTime(), Object.prototype.toString.call(d)]`
        const expected = [true, '1970-01-01T00:00:00.000Z', 1, 'string', 1577836800000, 0, '[object Date]']
        expect(returned(await run(source))).toEqual(expected)
      })

      test('clock and chance: a loop that waits for time to pass ends', async () => {
        expect(returned(await run('const end = Date.now() + 500; while (Date.now() < end) {} return 1'))).toBe(1)
      })

      test('setTimeout waits, clears and runs in order', async () => {
        const source = `const order: string[] = []
          const lost = setTimeout(() => order.push('lost'), 1); clearTimeout(lost)
          setTimeout((x: string) => order.push(x), 30, 'late')
          await new Promise<void>(resolve => setTimeout(() => { order.push('early'); resolve() }, 1))
          await new Promise(resolve => setTimeout(resolve, 60)); queueMicrotask(() => order.push('micro')); await null; await null
          return order`
        expect(returned(await run(source))).toEqual(['early', 'late', 'micro'])
      })

      test('an error in a timer fails the script', async () => {
        const source = 'setTimeout(() => { throw new Error("in timer") }, 1)\nawait new Promise(r => setTimeout(r, 20))'
        expect(placeOf(await run(source))).toEqual(['thrown', 1, 26])
      })

      test('console lines are recorded with level and bounded inspection', async () => {
        const seen: string[] = []
        const source = `const loop: any = { a: [1, { b: new Map([['k', new Set([1])]]) }] }; loop.self = loop
          console.log('text', loop, [undefined, null, -0, 1n, Symbol('s')], new Error('bad'), tools.echo)
          console.warn({ get x() { throw new Error('getter') } }, new Date(0), /r/g, Promise.resolve(1), class A {})
          console.error([1, [2, [3, [4, [5]]]]], Array.from({ length: 500 }, (_, i) => i))`
        const outcome = await run(source, { echo }, { onLog: log => seen.push(log.level) })
        expect(outcome.logs.map(log => log.level)).toEqual(['log', 'warn', 'error'])
        expect(seen).toEqual(['log', 'warn', 'error'])
        const [first, second, third] = outcome.logs.map(log => log.text)
        expect(first).toBe(
          'text { a: [ 1, { b: Map(1) { "k" => [Set] } } ], self: [Circular] } [ undefined, null, -0, 1n, Symbol(s) ] Error: bad [Function]',
        )
        expect(second).toBe('{ x: [Getter] } 1970-01-01T00:00:00.000Z /r/g Promise (not awaited) [Function A]')
        expect(third).toContain('[Array(1)]')
        expect(third).toContain('… 400 more')
      })

      test('the console keeps 20 lines a second and 200 in all, and counts the rest', async () => {
        const burst = await run('for (let i = 0; i < 50; i++) console.log(i)')
        expect([burst.logs.length, burst.logsDropped]).toEqual([20, 30])
        const spread = await run(
          'for (let i = 0; i < 300; i++) { console.log(i); for (let j = 0; j < 100; j++) Date.now() }',
        )
        expect([spread.logs.length, spread.logsDropped]).toEqual([200, 100])
      })

      test('the console keeps head and tail of a long line', async () => {
        const { logs } = await run(`console.log('a'.repeat(5000) + 'b'.repeat(5000))`)
        expect(logs[0]?.text).toMatch(/^a{2000}… 6000 characters left out …b{2000}$/)
      })
    })

    describe('results', () => {
      test('TypeScript with types, top-level await and return', async () => {
        const source = `interface Row<T> { id: T }
          type Rows = Row<number>[]
          const rows: Rows = [{ id: 1 }, { id: 2 }]
          const first = rows[0]!.id satisfies number
          return rows.map((row): number => row.id as number).concat(first)`
        expect(returned(await run(source))).toEqual([1, 2, 1])
      })

      test('a forgotten return is answered with help if nothing was returned and nothing printed', async () => {
        const outcome = await run('const a = 1')
        expect(outcome).toMatchObject({ ok: true, notices: [expect.stringContaining('returned nothing')] })
        expect(outcome).not.toHaveProperty('value')
        expect((await run('console.log(1)')).notices).toEqual([])
      })

      test('null is a value', async () => {
        expect(await run('return null')).toMatchObject({ ok: true, value: null })
      })

      test('a forgotten await is answered with help: a promise left in the result is named', async () => {
        const outcome = await run('return { list: [1, 2].map(async x => x), ok: 1 }')
        expect(outcome.notices[0]).toContain('`result.list[0]`, `result.list[1]`: a promise that was not awaited')
      })

      test('a value that is not JSON is a failure that says so', async () => {
        for (const source of ['return 1n', 'const a: any = {}; a.a = a; return a']) {
          expect(failed(await run(source))).toMatchObject({
            class: 'thrown',
            message: expect.stringContaining('not JSON'),
          })
        }
      })

      test('10 MB is a value under a limit that allows it, and a clear error under one that does not', async () => {
        const source = 'return Array.from({ length: 1000 }, (_, i) => "x".repeat(10_000) + i)'
        const large = returned(await run(source, {}, { limits: { outputBytesMax: 20_000_000 } })) as string[]
        expect(large.length).toBe(1_000)
        expect(large.every((text, index) => text === 'x'.repeat(10_000) + index)).toBe(true)
        const failure = failed(await run(source))
        expect(failure.class).toBe('output-too-large')
        expect(failure.message).toMatch(/1000\d{4} bytes.*1048576/)
      })

      test('the limit counts bytes and the logs too', async () => {
        const limits = { outputBytesMax: 1_000 }
        expect(returned(await run('return "é".repeat(400)', {}, { limits }))).toHaveLength(400)
        expect(failed(await run('return "é".repeat(600)', {}, { limits })).class).toBe('output-too-large')
        const both = 'console.log("x".repeat(600)); return "y".repeat(600)'
        expect(failed(await run(both, {}, { limits })).class).toBe('output-too-large')
      })
    })

    describe('failures', () => {
      test.each([
        ['throw new Error("x")', ['thrown', 1, 7]],
        ['const a = 1\n\n   throw new TypeError("x")', ['thrown', 3, 10]],
        ['const o: { x?: { y: number } } = {}\nreturn o.x!.y', ['thrown', 2, 13]],
        ['[1].map((x: number) => {\n  return (x as any).foo.bar\n})', ['thrown', 2, 25]],
        ['async function f(): Promise<void> {\n  await null\n  null!.foo()\n}\nawait f()', ['thrown', 3, 9]],
        ['const text = `a\nb\nc`; undefinedName', ['thrown', 3, 5]],
        ['const s = "日本語𝒳"; undefinedName', ['thrown', 1, 20]],
        ['throw "text"', ['thrown', undefined, undefined]],
        ['const x = 1;\nconst x = 2', ['parse', 2, 7]],
        ['const a = 1;\nfoo(;', ['parse', 2, 5]],
        ['if (true) {\n  const a = 1', ['parse', 2, 14]],
        ['return 1\n}', ['parse', 2, 2]],
        ['const a: = 1', ['parse', 1, 10]],
        ['const f = () => f(); f()', ['stack', 1, 17]],
      ])('%j fails at its place', async (source, expected) => {
        expect(placeOf(await run(source))).toEqual(expected)
      })

      test('the frame shows three lines with a caret', async () => {
        const outcome = await run('const a = 1\nthrow new Error("x")\nconst b = 2')
        expect(failed(outcome).frame).toBe(
          ['  1 | const a = 1', '> 2 | throw new Error("x")', '    |       ^', '  3 | const b = 2'].join('\n'),
        )
      })

      test.each([
        ['enum Color { Red }', 'constant object'],
        ['namespace N { export const a = 1 }', 'constant object'],
        ['class A { constructor(private x: number) {} }', 'declare the field'],
        ['const a = <any>1', 'expr as T'],
        ['import fs from "fs"', 'a script has no modules'],
        ['export const a = 1', 'a script has no modules'],
      ])('%j is refused with what to write instead', async (source, words) => {
        const failure = failed(await run(source))
        expect(failure).toMatchObject({ class: 'parse', line: 1, message: expect.stringContaining(words) })
      })

      test.each([
        ['require("fs")', 'no modules'],
        ['fs.readFileSync("a")', 'no file system'],
        ['await fetch("http://localhost")', 'no network'],
        ['process.cwd()', 'context.workingDirectory'],
        ['await import("node:fs")', 'no modules'],
        ['Buffer.from("a")', 'no Buffer'],
        ['const r = await tools.echo({ a: 1 }); r.a = 2', 'copy what you want to change'],
      ])('%j is answered with help', async (source, words) => {
        const failure = failed(await run(source, { echo }))
        expect(failure).toMatchObject({ class: 'thrown', message: expect.stringContaining(words) })
      })

      test.each([
        ['a promise nobody resolves', 'const a = 1\nawait new Promise(() => {})', 2],
        [
          'nested async functions',
          'async function f() {\n  await null\n  await new Promise(() => {})\n}\nasync function g() {\n  await f()\n}\nawait g()',
          3,
        ],
        [
          'one of Promise.all',
          'await Promise.all([\n  tools.echo({}),\n  new Promise(() => {}),\n  tools.slow({ ms: 5 })\n])',
          3,
        ],
        [
          'after tools have settled',
          'const a = await tools.echo({ a: 1 })\nawait tools.slow({ ms: 5 })\nawait new Promise(() => {})',
          3,
        ],
        [
          'a callback that is never called',
          'const wait = () =>\n  new Promise<void>(resolve => { void resolve })\nawait [1].map(wait)[0]',
          2,
        ],
      ])('a deadlock is found at once, with its line: %s', async (_name, source, line) => {
        const startedMs = performance.now()
        const outcome = await run(source, { echo, slow })
        expect(failed(outcome)).toMatchObject({ class: 'deadlock', line })
        expect(performance.now() - startedMs).toBeLessThan(2_000)
        expect(outcome.calls.every(call => call.status === 'ok')).toBe(true)
      })

      test('a wait for tools is not a deadlock', async () => {
        const source = 'await Promise.race([new Promise(() => {}), tools.slow({ ms: 30 })]); return 1'
        expect(returned(await run(source, { slow }))).toBe(1)
      })

      test('an unhandled rejection fails the script with its line, one handled later does not', async () => {
        const lost = 'async function f() {\n  throw new TypeError("lost")\n}\nf()\nreturn 1'
        expect(placeOf(await run(lost))).toEqual(['thrown', 2, 9])
        const late =
          'const p = Promise.reject(new Error("late"))\nawait tools.echo({})\ntry { await p } catch { return "caught" }'
        expect(returned(await run(late, { echo }))).toBe('caught')
      })

      test('an unhandled rejection fails the script even after its return, and next to other work', async () => {
        const behind = 'const a = 1\nvoid (async () => {\n  await null\n  throw new Error("behind")\n})()\nreturn 1'
        expect(placeOf(await run(behind))).toEqual(['thrown', 4, 9])
        const beside = 'Promise.reject(new RangeError("beside"))\nreturn await tools.slow({ ms: 20 })'
        expect(failed(await run(beside, { slow }))).toMatchObject({
          class: 'thrown',
          message: 'RangeError: beside',
          line: 1,
        })
        const handled =
          'const p = Promise.reject(1); setTimeout(() => p.catch(() => {}), 1); return await tools.slow({ ms: 20 })'
        expect(returned(await run(handled, { slow }))).toBe(20)
      })

      test('a failed call nobody awaited fails the script', async () => {
        const outcome = await run('tools.fail({})\nawait tools.slow({ ms: 30 })\nreturn 1', { fail, slow })
        expect(placeOf(outcome)).toEqual(['tool-error', 1, 7])
      })

      test('a failed script reports what it had done', async () => {
        const outcome = await run('await tools.echo({ a: 1 }); await tools.fail({})', { echo, fail })
        expect(outcome.calls.map(call => call.status)).toEqual(['ok', 'failed'])
      })
    })

    describe('budgets', () => {
      // On a machine that leaves its worker no processor time a script counts as hung, and cannot say where it is.
      test('computing beyond the cpu budget, with its line', { retry: 2 }, async () => {
        const outcome = await run('const a = 1\nfor (;;) a.toString()', {}, { limits: { cpuTimeMs: 100 } })
        expect(failed(outcome)).toMatchObject({ class: 'cpu', line: 2 })
      })

      test('the cpu budget cannot be caught', async () => {
        const source = 'for (;;) { try { await (async () => { for (;;) {} })() } catch {} finally {} }'
        expect(failed(await run(source, {}, { limits: { cpuTimeMs: 100 } })).class).toBe('cpu')
      })

      test('waiting for timers counts as wall time, waiting for tools does not', async () => {
        const limits = { wallTimeMs: 150 }
        const timer = await run('await new Promise(r => setTimeout(r, 60000))', {}, { limits })
        expect(failed(timer).class).toBe('wall')
        const tool = await run('return await tools.slow({ ms: 400 })', { slow }, { limits })
        expect(returned(tool)).toBe(400)
      })

      test('the clocks stop while an approval is pending', async () => {
        const asked = read(async (_args, { onApprovalPending }) => {
          onApprovalPending(true)
          await sleep(300)
          onApprovalPending(false)
          return 'allowed'
        })
        const source =
          'const timer = new Promise(r => setTimeout(r, 250)); const r = tools.asked({}); await timer; return await r'
        const outcome = await run(source, { asked }, { limits: { wallTimeMs: 200, cpuTimeMs: 200 } })
        expect(returned(outcome)).toBe('allowed')
        expect(outcome.timings.approvalMs).toBeGreaterThan(250)
      })

      test('the clocks go on when the approval is given', async () => {
        const asked = read(async (_args, { onApprovalPending }) => {
          onApprovalPending(true)
          await sleep(50)
          onApprovalPending(false)
        })
        const source = 'await tools.asked({}); await new Promise(r => setTimeout(r, 60000))'
        const outcome = await run(source, { asked }, { limits: { wallTimeMs: 150 } })
        expect(failed(outcome).class).toBe('wall')
      })

      test('several approvals are pending together and answered in any order; a denial can be caught', async () => {
        const pending = new Map<number, (isAllowed: boolean) => void>()
        const asked = read(async ({ n }: { n: number }, { onApprovalPending }) => {
          onApprovalPending(true)
          const isAllowed = await new Promise<boolean>(resolve => pending.set(n, resolve))
          onApprovalPending(false)
          if (!isAllowed) throw Object.assign(new Error(`${n} was denied`), { code: 'denied' })
          return n
        })
        const seen: number[][] = []
        const source = `const order: number[] = []
          const ask = async (n: number) => { try { return await tools.asked({ n }) } catch (e: any) { return [e.code, e.message] } finally { order.push(n) } }
          return [await Promise.all([1, 2, 3].map(ask)), order]`
        const outcome = await run(
          source,
          { asked },
          {
            limits: { wallTimeMs: 200, cpuTimeMs: 200 },
            onWaiting: async ids => {
              if (ids.length < 3) return
              seen.push([...pending.keys()])
              await sleep(300)
              for (const n of [3, 1, 2]) {
                pending.get(n)?.(n !== 1)
                await sleep(5)
              }
            },
          },
        )
        expect(returned(outcome)).toEqual([
          [['denied', '1 was denied'], 2, 3],
          [3, 1, 2],
        ])
        expect(seen).toEqual([[1, 2, 3]])
        expect(outcome.timings.approvalMs).toBeGreaterThan(250)
        expect(outcome.timings.approvalMs).toBeLessThan(outcome.timings.wallMs + 1)
      })

      test('the time of a run is accounted for', async () => {
        const source =
          'for (let i = 0; i < 20; i++) await tools.slow({ ms: 5 }); let n = 0; for (let i = 0; i < 1e6; i++) n += i; return n'
        const { timings } = await run(source, { slow })
        const { stripMs, startMs, guestCpuMs, bridgeMs, freezeMs, teardownMs, toolWaitMs, wallMs } = timings
        const known = stripMs + startMs + guestCpuMs + bridgeMs + freezeMs + teardownMs + toolWaitMs
        expect(Math.abs(wallMs - known)).toBeLessThan(Math.max(2, wallMs * 0.1))
        expect(guestCpuMs).toBeGreaterThan(1)
      })
    })

    describe('from outside', () => {
      test('cancellation before the start, while waiting, while computing', async () => {
        expect(failed(await run('return 1', {}, { signal: AbortSignal.abort() })).class).toBe('cancelled')
        const never = read(() => new Promise(() => {}))
        const waiting = await run('await tools.never({})', { never }, { signal: AbortSignal.timeout(50) })
        expect(failed(waiting).class).toBe('cancelled')
        expect(waiting.calls[0]?.status).toBe('cancelled')
        const computing = await run('for (;;) {}', {}, { signal: AbortSignal.timeout(50) })
        expect(failed(computing).class).toBe('cancelled')
      })

      test('a cancelled script starts no further calls', async () => {
        const stop = new AbortController()
        let started = 0
        const source = 'for (;;) { void tools.count({}); for (let i = 0; i < 1e5; i++); }'
        const count = write(() => {
          started += 1
          stop.abort()
        })
        const outcome = await run(source, { count }, { signal: stop.signal })
        expect(failed(outcome).class).toBe('cancelled')
        expect(started).toBeLessThan(50)
        const startedAtEnd = started
        await sleep(30)
        expect(started).toBe(startedAtEnd)
      })

      test('limits beyond what a timer can take do not limit', async () => {
        const limits = { wallTimeMs: 1e12, cpuTimeMs: 1e12, graceMs: 1e12, concurrentCallsMax: 0 }
        const source = 'await new Promise(r => setTimeout(r, 30)); return await tools.slow({ ms: 1 })'
        expect(returned(await run(source, { slow }, { limits }))).toBe(1)
      })

      test('onWaiting names the pending calls each time the guest can only wait', async () => {
        const waits: (readonly string[])[] = []
        const source = 'await Promise.all([tools.slow({ ms: 5 }), tools.slow({ ms: 60 })]); await tools.slow({ ms: 5 })'
        await run(source, { slow }, { onWaiting: ids => waits.push(ids) })
        expect(waits).toEqual([['call-1', 'call-2'], ['call-2'], ['call-3']])
      })

      test('a replay can leave calls unanswered and stop the script on request', async () => {
        const stop = new AbortController()
        const asked: string[] = []
        const request = requestFor('await tools.echo({}); await Promise.all([tools.echo({}), tools.echo({})])', {
          echo,
        })
        const outcome = await engine.run({
          ...request,
          signal: stop.signal,
          call: ({ callId }) => {
            asked.push(callId)
            return callId === 'call-1' ? Promise.resolve({ ok: true, result: 1, text: '' }) : new Promise(() => {})
          },
          onWaiting: ids => {
            if (!ids.includes('call-1')) stop.abort()
          },
        })
        expect(failed(outcome).class).toBe('cancelled')
        expect(asked).toEqual(['call-1', 'call-2', 'call-3'])
      })

      test('scripts overlap', async () => {
        const all = Promise.withResolvers<void>()
        const arrived: number[] = []
        const meet = read(async ({ n }: { n: number }) => {
          if (arrived.push(n) === 4) all.resolve()
          await Promise.race([all.promise, sleep(20_000, undefined, { ref: false })])
          return arrived.length
        })
        const outcomes = await Promise.all([1, 2, 3, 4].map(n => run(`return await tools.meet({ n: ${n} })`, { meet })))
        expect(outcomes.map(returned)).toEqual([4, 4, 4, 4])
      })

      test('a hook that throws fails its script and nothing else', async () => {
        const outcome = await run(
          'console.log(1); return 1',
          {},
          {
            onLog: () => {
              throw new Error('hook')
            },
          },
        )
        expect(failed(outcome).class).toBe('killed')
        expect(returned(await run('return 1'))).toBe(1)
      })
    })

    describe('isolation', () => {
      test('nothing of a script is left for the next one', async () => {
        await run(`(globalThis as any).leak = 1; (Object.prototype as any).polluted = 1; (Array.prototype as any).map = null
          ;(globalThis as any).Promise = null; (JSON as any).parse = () => 'lie'; Math.random = () => 7; return 1`)
        const source = `return [typeof (globalThis as any).leak, ({} as any).polluted, [1].map(x => x), typeof Promise, JSON.parse('1'), Math.random() < 1]`
        expect(returned(await run(source))).toEqual(['undefined', null, [1], 'function', 1, true])
      })

      test('there is nothing of Node and nothing of the host', async () => {
        const source = `const names = ['process', 'require', 'module', 'fetch', 'Buffer', 'WebAssembly', 'Worker', 'host', 'post', 'std', 'os', 'print']
          return names.filter(name => name in globalThis)`
        expect(returned(await run(source))).toEqual([])
      })

      test('a script that breaks its globals still gets results', async () => {
        const source = `(globalThis as any).Promise = undefined; JSON.stringify = null as any; Object.freeze = null as any
          ;(Array.prototype as any).push = null; (Object.prototype as any).get = null; (Map.prototype as any).get = null
          return (await tools.echo({ a: 1 })).a`
        expect(returned(await run(source, { echo }))).toBe(1)
      })
    })
  })
}
