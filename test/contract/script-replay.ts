import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import type { JsonValue } from '../../src/contracts/json.ts'
import type { ScriptEngine, ScriptOutcome, ScriptRecording } from '../../src/contracts/script.ts'
import { failed, read, requestFor, returned, write } from './script-engine.ts'

const delays = seededRandom('delays')
const numbers = seededRandom('numbers')
const anyDelay = () => sleep(delays() * 8)
const tools = {
  echo: read((args: JsonValue) => args),
  soon: read(async ({ n }: { n: number }) => {
    await anyDelay()
    return n
  }),
  fail: read(async () => {
    await anyDelay()
    throw new Error('no such file: a.txt')
  }),
  put: write(async () => {
    await anyDelay()
    return 'written'
  }),
  big: read(({ length }: { length: number }) => 'é'.repeat(length)),
  random: read(() => numbers()),
}

function recordingOf(outcome: ScriptOutcome): ScriptRecording {
  if (outcome.recording === undefined) throw new Error('nothing was recorded')
  return JSON.parse(JSON.stringify(outcome.recording)) as ScriptRecording
}

/** Scripts whose course hangs on which result comes first, on the clock, on chance, or on what fails. */
const SCRIPTS: Record<string, string> = {
  'no calls': 'return 1 + 1',
  'nothing returned': 'console.log("only this")',
  sequential: 'let s = 0; for (let i = 0; i < 20; i++) s += (await tools.soon({ n: i })) as number; return s',
  parallel: 'return await Promise.all(Array.from({ length: 20 }, (_, n) => tools.soon({ n })))',
  race: `const order = []
    for (let i = 0; i < 6; i++) order.push(await Promise.race([1, 2, 3, 4].map(n => tools.soon({ n }))))
    return order`,
  any: 'const n = await Promise.any([tools.fail({}), tools.soon({ n: 1 }), tools.soon({ n: 2 })]); return [n, await tools.echo({ n })]',
  allSettled: 'return (await Promise.allSettled([tools.fail({}), tools.soon({ n: 1 })])).map(each => each.status)',
  'order of arrival': `const seen: unknown[] = []
    await Promise.all([1, 2, 3, 4, 5, 6].map(n => tools.soon({ n }).then(r => { seen.push(r); console.log('got', r, Date.now()) })))
    return seen`,
  'timers beside calls': `const seen: string[] = []
    const wait = (ms: number) => new Promise<void>(r => setTimeout(() => { seen.push('t' + ms); r() }, ms))
    await Promise.all([wait(1), wait(4), wait(7), ...[1, 2, 3].map(n => tools.soon({ n }).then(r => seen.push('c' + r)))])
    return seen`,
  'timers that are cleared': `const lost = setTimeout(() => console.log('lost'), 3)
    await tools.soon({ n: 1 }); clearTimeout(lost); await new Promise(r => setTimeout(r, 5)); return performance.now()`,
  chance:
    'const n = Math.random() < 0.5 ? 1 : 2; for (let i = 0; i < n * 3; i++) await tools.soon({ n: Math.random() }); return Math.random()',
  'results of chance':
    'const r = (await tools.random({})) as number; return r < 0.5 ? await tools.echo({ r }) : await tools.put({ r })',
  'the clock': `const start = Date.now(); await tools.soon({ n: 1 })
    const passed = new Date().getTime() - start; if (passed % 2) await tools.echo({ passed }); return [passed, performance.now()]`,
  'console limits': 'for (let i = 0; i < 40; i++) { console.log(i); if (i % 10 === 9) await tools.soon({ n: i }) }',
  'refused calls': `const codes = []
    for (const call of [() => (tools as any).nope({}), () => (tools.echo as any)({}, {}), () => tools.echo(1n as any)]) {
      try { await call() } catch (e: any) { codes.push([e.code, e.message, e.callId]) }
    }
    return codes`,
  'a caught failure': 'try { await tools.fail({}) } catch (e: any) { return [e.name, e.message, e.callId, e.stack] }',
  'an uncaught failure': 'await tools.soon({ n: 1 })\n  await tools.fail({})',
  'an unhandled rejection': 'tools.fail({})\nawait tools.soon({ n: 1 })\nawait new Promise(r => setTimeout(r, 20))',
  'a deadlock': 'await tools.soon({ n: 1 })\nawait new Promise(() => {})',
  'a parse error': 'const a = 1\nconst a = 2',
  'deep recursion': 'await tools.soon({ n: 1 }); const f = (n: number): number => 1 + f(n + 1); return f(0)',
  'too much output': 'await tools.soon({ n: 1 }); return "x".repeat(2e6)',
  'logs and output too large': 'console.log("x".repeat(4000)); return (await tools.big({ length: 523_500 }))',
  'writes nobody awaits': 'tools.put({ a: 1 }); tools.put({ a: 2 }); return "early"',
  'a losing write': 'return await Promise.race([tools.put({}), tools.soon({ n: 1 })])',
  'calls while it computes': `const all = [tools.echo({ n: 1 }), tools.soon({ n: 2 })]
    let x = 0; for (let i = 0; i < 3e5; i++) x += i % 7
    all.push(tools.soon({ n: 3 })); return [x, await Promise.all(all)]`,
  'results of every shape':
    'return await tools.echo({ s: "é𝒳\\u0000\\u2028\\"\\\\", l: [null, -0.5, 1e21], "10": 1, b: 2, "9": 3, __proto__x: {} })',
  'promises of its own kind': `class P extends Promise<unknown> {}
    return await P.race([P.resolve(tools.soon({ n: 1 })), tools.soon({ n: 2 })])`,
}

interface Diverging {
  recorded: string
  replayed: string
  expected: object
}

const DIVERGING: Record<string, Diverging> = {
  'another argument': {
    recorded: 'await tools.echo({ a: 1 }); return await tools.echo({ path: "a" })',
    replayed: 'await tools.echo({ a: 1 }); return await tools.echo({ path: "b" })',
    expected: {
      ...{ at: 'call', call: 2 },
      recorded: { tool: 'echo', argsJson: '{"path":"a"}' },
      replayed: { tool: 'echo', argsJson: '{"path":"b"}' },
      message: expect.stringMatching(
        /^call 2: recorded tools\.echo\({"path":"a"}\); replayed tools\.echo\({"path":"b"}\)/,
      ),
    },
  },
  'another tool': {
    recorded: 'return await tools.echo({})',
    replayed: 'return await tools.soon({})',
    expected: { at: 'call', call: 1, message: expect.stringContaining('replayed tools.soon({})') },
  },
  'a call less': {
    recorded: 'await tools.echo({ n: 1 }); await tools.echo({ n: 2 }); return 1',
    replayed: 'await tools.echo({ n: 1 }); return 1',
    expected: { at: 'call', call: 2, message: expect.stringContaining('replayed no such call') },
  },
  'no call where one was settled': {
    recorded: 'await tools.echo({ n: 1 }); return 1',
    replayed: 'await new Promise(r => setTimeout(r, 1)); return 1',
    expected: { at: 'call', call: 1 },
  },
  'a call more': {
    recorded: 'await tools.echo({ n: 1 }); return 1',
    replayed: 'await tools.echo({ n: 1 }); tools.put({ n: 2 }); return 1',
    expected: { at: 'call', call: 2, message: expect.stringContaining('recorded no such call') },
  },
  'another value': {
    recorded: 'return (await tools.big({ length: 1000 }) as string) + "a"',
    replayed: 'return (await tools.big({ length: 1000 }) as string) + "b"',
    expected: { at: 'value', message: expect.stringMatching(/recorded …é+a" returned; replayed …é+b" returned/) },
  },
  'nothing instead of a value': {
    recorded: 'await tools.echo({}); return null',
    replayed: 'await tools.echo({})',
    expected: { at: 'value', message: expect.stringContaining('replayed nothing returned') },
  },
  'another line': {
    recorded: 'await tools.echo({})\nthrow new Error("x")',
    replayed: 'await tools.echo({})\n\nthrow new Error("x")',
    expected: {
      at: 'failure',
      message: expect.stringContaining('thrown at 2:7: Error: x; replayed failure thrown at 3:7'),
    },
  },
  'another text printed': {
    recorded: 'console.log("a"); console.log("b")',
    replayed: 'console.log("a"); console.log("c")',
    expected: { at: 'logs', message: expect.stringContaining('log line 2') },
  },
  'a wait for more': {
    recorded: 'await tools.echo({})',
    replayed: 'await tools.echo({}); await new Promise(r => setTimeout(r, 1))',
    expected: { at: 'value', message: expect.stringContaining('replayed a script that waits for more') },
  },
  'an end before the results': {
    recorded: 'await tools.echo({}); return 1',
    replayed: 'tools.echo({}); return 1',
    expected: { at: 'value', message: expect.stringContaining('recorded a script that waited for more') },
  },
  'an endless loop': {
    recorded: 'await tools.echo({})',
    replayed: 'await tools.echo({}); for (;;) {}',
    expected: { at: 'failure', message: expect.stringContaining('replayed failure cpu') },
  },
  'no TypeScript any more': {
    recorded: 'return 1',
    replayed: 'return 1 +',
    expected: { at: 'failure', message: expect.stringContaining('parse') },
  },
}

type Damage = (recording: ScriptRecording) => unknown
const DAMAGED: Record<string, [Damage, string]> = {
  nothing: [() => undefined, 'not an object'],
  'another kind of value': [() => 'recording', 'expected'],
  'a later version': [recording => ({ ...recording, version: 2 }), 'version 2'],
  'no deliveries': [({ deliveries: _, ...rest }) => rest, 'deliveries'],
  'a call nobody made': [recording => withDelivery(recording, { call: 9 }), 'settles call 9, but 2 calls were made'],
  'call 0': [recording => withDelivery(recording, { call: 0 }), 'deliveries.0.calls.0.call'],
  'a call settled twice': [
    recording => ({ ...recording, deliveries: [...recording.deliveries, ...recording.deliveries] }),
    'a second time',
  ],
  'a result that is not JSON': [recording => withDelivery(recording, { json: '1],[2,true,3' }), 'not JSON'],
  'an error without its fields': [recording => withDelivery(recording, { ok: false, json: 'null' }), "a tool's error"],
  'a result that is nested too deeply': [
    recording => withDelivery(recording, { json: '['.repeat(1e5) + ']'.repeat(1e5) }),
    'nested too deeply',
  ],
  'a context that is nested too deeply': [
    recording => {
      let context: object = {}
      for (let depth = 0; depth < 3000; depth++) context = { context }
      return { ...recording, request: { ...recording.request, context } }
    },
    'nested too deeply',
  ],
  'a clock that is not a number': [
    recording => ({ ...recording, deliveries: [{ ...recording.deliveries[0], elapsedMs: Number.NaN }] }),
    'elapsedMs',
  ],
  'an unknown failure class': [
    recording => ({ ...recording, end: { ok: false, failure: { class: 'sad', message: '' } } }),
    'class',
  ],
  'a limit below zero': [
    recording => ({
      ...recording,
      request: { ...recording.request, limits: { ...recording.request.limits, cpuTimeMs: -1 } },
    }),
    'cpuTimeMs',
  ],
  'a loop': [recording => Object.assign(recording, { logs: recording }), 'not plain data'],
  'a getter that throws': [
    recording =>
      Object.defineProperty({ ...recording }, 'logs', {
        enumerable: true,
        get: () => {
          throw new Error('getter')
        },
      }),
    'getter',
  ],
}

function withDelivery(recording: ScriptRecording, fields: object): unknown {
  const [first, ...rest] = recording.deliveries
  return { ...recording, deliveries: [{ ...first, calls: [{ ...first?.calls[0], ...fields }] }, ...rest] }
}

/** A program of nested groups of calls, as text. */
const { program } = fc.letrec<{ program: string; step: string; group: string; call: string }>(tie => ({
  call: fc
    .record({ n: fc.nat(9), name: fc.constantFrom('soon', 'echo', 'fail', 'random', 'put') })
    .map(({ n, name }) => `tools.${name}({ n: ${n} }).then(note, note)`),
  group: fc
    .record({
      kind: fc.constantFrom('all', 'race', 'any', 'allSettled'),
      members: fc.array(tie('step'), { minLength: 1, maxLength: 4 }),
    })
    .map(({ kind, members }) => `Promise.${kind}([${members.join(', ')}])`),
  step: fc.oneof(
    { maxDepth: 3 },
    tie('call'),
    fc.nat(6).map(ms => `new Promise(r => setTimeout(() => r(note('t')), ${ms}))`),
    fc.constant('(Math.random() < 0.5 ? tools.soon({ n: Date.now() % 7 }) : tools.echo({ n: 0 })).then(note)'),
    tie('group'),
  ),
  program: fc.array(tie('step'), { minLength: 1, maxLength: 5 }).map(steps => {
    const note = 'const seen: unknown[] = []; const note = (r: any) => { seen.push(r?.message ?? r); return r }'
    return `${note}\n${steps.map(step => `await ${step}`).join('\n')}\nconsole.log(seen.length, Date.now())\nreturn seen`
  }),
}))

/** What every script engine does with a recording. */
export function scriptReplayContract(name: string, create: () => ScriptEngine): void {
  describe(`${name}: replay`, () => {
    let engine: ScriptEngine
    beforeAll(() => {
      engine = create()
    })
    afterAll(() => engine.close())
    const record = (source: string, more: Parameters<typeof requestFor>[2] = {}) =>
      engine.run(requestFor(source, tools, { record: true, ...more }))

    test.each(Object.entries(SCRIPTS))('%s: the same again, without tools', async (_, source) => {
      const outcome = await record(source)
      const recording = recordingOf(outcome)
      const replays = await Promise.all([engine.replay(recording), engine.replay(recording)])
      const identical = { kind: 'identical', calls: recording.calls.length }
      expect(replays).toEqual([identical, identical])
      expect(recording.end.ok).toBe(outcome.ok)
    })

    test('random programs replay identically, and their recordings survive JSON', async () => {
      const property = fc.asyncProperty(program, async source => {
        const outcome = await record(source)
        const recording = recordingOf(outcome)
        expect(recording).toEqual(outcome.recording)
        expect(await engine.replay(recording)).toEqual({ kind: 'identical', calls: recording.calls.length })
      })
      await fc.assert(property, { numRuns: 30 })
    })

    test('nothing is kept unless it is asked for', async () => {
      expect(await record('return await tools.echo({})', { record: false })).not.toHaveProperty('recording')
      expect(await record('return 1 +')).not.toHaveProperty('recording')
    })

    test('a recording has calls, deliveries in order, value and logs', async () => {
      const source =
        'const a = tools.soon({ n: 1 }); try { await tools.nope({}) } catch {} console.log("x"); return await a'
      const { calls, deliveries, end, logs } = recordingOf(await record(source))
      expect(calls).toEqual([
        { tool: 'soon', argsJson: '{"n":1}' },
        { tool: 'nope', argsJson: '{}' },
      ])
      expect(deliveries.flatMap(each => each.calls.map(({ call, ok }) => [call, ok]))).toEqual([
        [2, false],
        [1, true],
      ])
      expect(end).toEqual({ ok: true, json: '1' })
      expect(logs.map(log => log.text)).toEqual(['x'])
    })

    test('the first race decides all later ones', async () => {
      const source = SCRIPTS.race as string
      const outcomes = await Promise.all(Array.from({ length: 4 }, () => record(source)))
      for (const outcome of outcomes) {
        const recording = recordingOf(outcome)
        expect(recording.end).toEqual({ ok: true, json: JSON.stringify(returned(outcome)) })
        expect(await engine.replay(recording)).toMatchObject({ kind: 'identical', calls: 24 })
      }
    })

    test('a recorded wait that a replay does not come to is a divergence, however the recorded script was stopped', async () => {
      const source =
        'await tools.echo({ n: 1 }); await tools.echo({ n: 1 }); await new Promise(r => setTimeout(r, 6e4))'
      const recording = recordingOf(await record(source, { limits: { wallTimeMs: 60 } }))
      recording.request.source = 'tools.echo({ n: 1 }); tools.echo({ n: 1 }); return 1'
      expect(await engine.replay(recording)).toMatchObject({ kind: 'diverged', at: 'value' })
    })

    describe('scripts stopped from outside', () => {
      const stopped: Record<string, [string, Parameters<typeof requestFor>[2]]> = {
        'cpu, computing': ['await tools.soon({ n: 1 }); tools.put({}); for (;;) {}', { limits: { cpuTimeMs: 60 } }],
        'cpu, in one native call': [
          'await tools.echo({}); return new Array(1e9).join("x").length',
          { limits: { cpuTimeMs: 60 } },
        ],
        'cpu, calling on and on': [
          'for (;;) { void tools.echo({}); for (let i = 0; i < 3e4; i++); }',
          { limits: { cpuTimeMs: 60 } },
        ],
        'wall, waiting': [
          'await tools.echo({}); await new Promise(r => setTimeout(r, 60000))',
          { limits: { wallTimeMs: 80 } },
        ],
        'wall, a chain of timers': [
          'for (let i = 0; ; i++) { await new Promise(r => setTimeout(r, 1)); tools.echo({ i }) }',
          { limits: { wallTimeMs: 80 } },
        ],
      }
      test.each(Object.entries(stopped))('%s', async (_, [source, more]) => {
        const outcome = await record(source, more)
        const recording = recordingOf(outcome)
        expect(await engine.replay(recording)).toMatchObject({ kind: 'identical' })
        expect(_.startsWith(failed(outcome).class)).toBe(true)
      })

      test.each(['await new Promise(() => tools.hang({}))', 'for (;;) await tools.echo({})', 'for (;;) {}'])(
        'cancelled: %s',
        async source => {
          const hang = read((_args, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', reject)))
          const request = requestFor(source, { ...tools, hang }, { record: true, signal: AbortSignal.timeout(30) })
          const recording = recordingOf(await engine.run({ ...request, limits: { ...request.limits, cpuTimeMs: 200 } }))
          expect(recording.end).toMatchObject({ failure: { class: 'cancelled' } })
          expect(await engine.replay(recording)).toMatchObject({ kind: 'identical' })
        },
      )

      test('an end by cpu is one by cpu again, or named', async () => {
        const recording = recordingOf(await record('for (;;) {}', { limits: { cpuTimeMs: 50 } }))
        recording.request.source = 'return 1'
        expect(await engine.replay(recording)).toMatchObject({ kind: 'diverged', at: 'failure' })
      })
    })

    test.each(Object.entries(DIVERGING))('%s is a divergence', async (_, { recorded, replayed, expected }) => {
      const recording = recordingOf(await record(recorded, { limits: { cpuTimeMs: 300 } }))
      recording.request.source = replayed
      expect(await engine.replay(recording)).toMatchObject({ kind: 'diverged', ...expected })
    })

    test('another seed, another result and another order diverge', async () => {
      const source =
        'const r = await Promise.race([tools.soon({ n: 1 }), tools.soon({ n: 2 })]); await tools.echo({ r, x: Math.random() })'
      const recording = recordingOf(await record(source))
      const seeded = { ...recording, request: { ...recording.request, seed: 'other' } }
      const [first] = recording.deliveries
      const given = [{ ...first, calls: [{ ...first?.calls[0], json: '7' }] }, ...recording.deliveries.slice(1)]
      const changed = { ...recording, deliveries: given } as ScriptRecording
      for (const each of [seeded, changed]) expect(await engine.replay(each)).toMatchObject({ at: 'call', call: 3 })
    })

    test.each(Object.entries(DAMAGED))('%s is unreadable', async (_, [damage, words]) => {
      const recording = recordingOf(await record('await Promise.all([tools.echo({}), tools.echo({})]); return 1'))
      const replay = await engine.replay(damage(recording) as ScriptRecording)
      expect(replay).toMatchObject({ kind: 'unreadable', message: expect.stringContaining(words) })
    })

    test('any change to a recording is answered with a value, and the next replay is right', async () => {
      const good = recordingOf(await record(SCRIPTS['timers beside calls'] as string, { limits: { cpuTimeMs: 300 } }))
      const text = JSON.stringify(good)
      const change = fc.record({
        at: fc.nat(text.length),
        cut: fc.nat(8),
        put: fc.constantFrom('', '0', '9', '"', '}', ',[', '-1', 'null'),
      })
      await fc.assert(
        fc.asyncProperty(change, async ({ at, cut, put }) => {
          const changed = parse(text.slice(0, at) + put + text.slice(at + cut))
          const { kind } = await engine.replay(changed as ScriptRecording)
          expect(['identical', 'diverged', 'unreadable']).toContain(kind)
        }),
        { numRuns: 100 },
      )
      expect((await engine.replay(good)).kind).toBe('identical')
    })

    test('replays overlap with scripts and with each other', async () => {
      const recording = recordingOf(await record(SCRIPTS.parallel as string))
      const all = await Promise.all([
        ...Array.from({ length: 6 }, () => engine.replay(recording)),
        engine.run(requestFor('return await tools.soon({ n: 5 })', tools)),
      ])
      expect(returned(all.pop() as ScriptOutcome)).toBe(5)
      expect(all).toEqual(Array.from({ length: 6 }, () => ({ kind: 'identical', calls: 20 })))
    })

    test('a closed engine stops its replays', async () => {
      const short = create()
      const recording = recordingOf(await record('for (;;) {}', { limits: { cpuTimeMs: 100 } }))
      recording.request.limits.cpuTimeMs = 60_000
      const running = short.replay(recording)
      await sleep(150)
      await short.close()
      expect((await running).kind).toBe('stopped')
      expect((await short.replay(recording)).kind).toBe('stopped')
    })
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
