import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ScriptEngine } from '../../src/contracts/script.ts'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { read, requestFor, returned } from '../contract/script-engine.ts'

const LIMITS = { cpuTimeMs: 100, wallTimeMs: 10_000, memoryBytesMax: 20 * 1024 * 1024 }
const echo = read((args: never) => args)

let engine: ScriptEngine
beforeAll(async () => {
  engine = createScriptEngine({ workers: 1 })
  await engine.run(requestFor('return 1'))
})
afterAll(() => engine.close())

/** An ordinary script whose answer shows a broken machine. */
async function expectHealthy(): Promise<void> {
  const source = `const rows = await Promise.all([1, 2, 3].map(n => tools.echo({ n })))
    return [rows.map(row => row.n * 2), typeof Promise, JSON.stringify({ a: [1] }), /a+/.test('caa'), [3, 1, 2].sort()]`
  const value = returned(
    await engine.run(requestFor(source, { echo }, { limits: { memoryBytesMax: LIMITS.memoryBytesMax } })),
  )
  expect(value).toEqual([[2, 4, 6], 'function', '{"a":[1]}', true, [1, 2, 3]])
}

const ENDED = /^(cpu|wall|memory|stack|thrown|deadlock|output-too-large|parse|too-many-calls|tool-error)$/

test.each([
  ['endless loop', 'while (true) {}', /^cpu$/],
  ['endless loop behind catch and finally', 'for (;;) { try { for (;;) {} } catch {} finally { continue } }', /^cpu$/],
  ['endless microtasks', 'while (true) await 0', /^cpu$/],
  ['endless promise chain', 'const f = () => Promise.resolve().then(f); await f()', /^(cpu|memory)$/],
  ['background microtasks after return', 'const f = (): any => Promise.resolve().then(f); f(); return 1', /^cpu$/],
  ['endless generator', 'function* g() { for (;;) yield 1 } for (const x of g()) {}', /^cpu$/],
  ['a long native join', 'return new Array(1e9).join("x").length', /^(cpu|memory|thrown)$/],
  ['a long native search', 'const s = "a".repeat(4e6); for (;;) s.indexOf("a".repeat(2e6) + "b")', /^(cpu|memory)$/],
  ['a catastrophic regular expression', 'return /^(a+)+$/.test("a".repeat(60) + "b")', /^cpu$/],
  ['catastrophic regular expressions in replace', 'return "x".repeat(3e4).replace(/(x+x+)+y/g, "")', /^cpu$/],
  [
    'a sort that never agrees',
    'const a = Array.from({ length: 1e5 }, (_, i) => i); for (;;) a.sort(() => Math.random() - 0.5)',
    /^cpu$/,
  ],
  ['endless recursion', 'const f = (): any => f(); f()', /^stack$/],
  [
    'mutual recursion through getters',
    'const o: any = { get a() { return o.b }, get b() { return o.a } }; o.a',
    /^stack$/,
  ],
  ['recursion through a proxy', 'const p: any = new Proxy({}, { get: (_t, k, r) => r[k] }); p.x', /^stack$/],
  ['recursion through toString', 'const o: any = { toString: () => String(o) }; String(o)', /^stack$/],
  ['recursion through toJSON', 'const o: any = { toJSON: () => JSON.stringify(o) }; return o', /^(stack|thrown)$/],
  ['nested parentheses', 'return eval("(".repeat(1e5) + ")".repeat(1e5))', ENDED],
  ['nested arrays in JSON', 'return JSON.parse("[".repeat(1e6) + "]".repeat(1e6))', ENDED],
  ['a deep regular expression', 'return new RegExp("(".repeat(1e5) + ")".repeat(1e5)).test("")', ENDED],
  ['growing arrays', 'const a: any[] = []; for (;;) a.push(new Array(1000).fill(1))', /^memory$/],
  ['a doubling string', 'let s = "x"; for (;;) s += s', /^(memory|thrown)$/],
  [
    'a string kept in many pieces',
    'const a = []; for (let i = 0; ; i++) a.push("x".repeat(1e5) + i)',
    /^(cpu|memory)$/,
  ],
  ['a huge repeat', 'return "x".repeat(1e9).length', /^(memory|thrown)$/],
  ['huge buffers', 'const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))', /^(memory|thrown)$/],
  ['one giant buffer', 'return new ArrayBuffer(2 ** 31).byteLength', /^(memory|thrown)$/],
  ['a filled sparse array', 'return new Array(1e9).fill(1).length', /^(cpu|memory)$/],
  ['a split of a long string', 'return "x,".repeat(5e6).split(",").length', /^(cpu|memory)$/],
  ['a wide JSON bomb', 'return JSON.stringify(Array.from({ length: 3e6 }, () => ({ a: 1 }))).length', /^(cpu|memory)$/],
  ['a growing map', 'const m = new Map(); for (let i = 0; ; i++) m.set(i, { i })', /^(cpu|memory)$/],
  [
    'bombs that are caught',
    'for (let i = 0; i < 3; i++) { try { const a: any[] = []; for (;;) a.push(new Array(1e5).fill(i)) } catch {} } return 1',
    /^(ok|cpu|memory)$/,
  ],
  [
    'a flood of promises',
    'const a = []; for (let i = 0; i < 3e5; i++) a.push(new Promise(() => {})); await Promise.all(a)',
    /^(deadlock|memory|cpu)$/,
  ],
  [
    'a flood of rejections',
    'for (let i = 0; i < 3e4; i++) Promise.reject(new Error("x" + i)); return 1',
    /^(thrown|memory|cpu)$/,
  ],
  ['a flood of timers', 'for (;;) setTimeout(() => {}, 1)', /^thrown$/],
  ['a flood of timers set and cleared', 'for (;;) clearTimeout(setTimeout(() => {}, 1))', /^thrown$/],
  [
    'a flood of large arguments',
    'const s = "x".repeat(1e6); for (;;) await tools.echo({ s })',
    /^(tool-error|cpu|memory)$/,
  ],
  ['a flood of calls', 'for (;;) void tools.echo({})', /^(cpu|memory)$/],
  ['a flood of logs', 'for (;;) console.log("x".repeat(1e4))', /^cpu$/],
  ['a thenable that never answers', 'await { then() {} }', /^deadlock$/],
  ['a thenable that answers itself', 'const t: any = { then: (f: any) => f(t) }; await t', /^(cpu|memory|stack)$/],
  ['an error with traps', 'throw new Proxy(new Error("x"), { get() { for (;;) {} } })', /^(cpu|thrown)$/],
  ['a revoked proxy', 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy', /^thrown$/],
  ['a result with traps', 'return new Proxy({}, { ownKeys() { for (;;) {} } })', /^cpu$/],
  [
    'logging traps',
    'console.log(new Proxy({}, { ownKeys() { throw 1 }, getPrototypeOf() { throw 1 } })); return 1',
    /^ok$/,
  ],
  [
    'an error named out of memory',
    'throw Object.assign(new Error("out of memory"), { name: "InternalError" })',
    /^(memory|thrown)$/,
  ],
  ['closing the wrapper', '}, async () => {', /^parse$/],
  ['closing the wrapper and calling', '})(); (async () => {', /^parse$/],
  [
    'a species that lies',
    '(Promise as any).prototype.constructor = class { constructor() { throw 1 } }; await Promise.resolve(1).then(x => x)',
    /^(ok|thrown)$/,
  ],
  [
    'a broken Promise.prototype.then',
    '(Promise as any).prototype.then = () => { throw 1 }; await tools.echo({}); return 1',
    /^(ok|thrown)$/,
  ],
  [
    'an accessor that catches bridge objects',
    'const seen: any[] = []; Object.defineProperty(Object.prototype, "resolve", { set(v) { seen.push(v) } }); await tools.echo({}); return seen.length',
    /^ok$/,
  ],
  [
    'a setter on array indexes',
    'Object.defineProperty(Array.prototype, "0", { set() { throw 1 } }); return (await tools.echo({ n: 1 })).n',
    /^(ok|thrown)$/,
  ],
  [
    'a toJSON on every object',
    '(Object.prototype as any).toJSON = () => ({ kind: "failed", error: { name: 1, message: {}, stack: [] } }); return { a: 1 }',
    /^(ok|thrown|cpu|stack)$/,
  ],
  [
    'a toJSON that forges an end',
    '(Object.prototype as any).toJSON = function () { return this.kind ? { kind: "returned", unawaitedAt: { map: 1 } } : 1 }; return {}',
    /^(ok|thrown)$/,
  ],
  [
    'prepareStackTrace',
    '(Error as any).prepareStackTrace = () => ({}); await tools.echo({}); throw new Error("x")',
    /^thrown$/,
  ],
  ['a constructor chain', 'return (tools as any).echo.constructor("return typeof process")()', /^ok$/],
  ['a huge tool name', 'await (tools as any)["x".repeat(1e6)]({})', /^(unknown-tool)$/],
  ['a tool name with control characters', 'await (tools as any)["\\u0000\\n"]({})', /^unknown-tool$/],
  ['deep arguments', 'let a: any = 1; for (let i = 0; i < 1e5; i++) a = [a]; await tools.echo({ a })', ENDED],
])('%s ends, and the next script is right', async (_name, source, expected) => {
  const startedMs = performance.now()
  const outcome = await engine.run(requestFor(source, { echo }, { limits: LIMITS }))
  expect(outcome.ok ? 'ok' : outcome.failure.class).toMatch(expected)
  expect(performance.now() - startedMs).toBeLessThan(15_000)
  await expectHealthy()
})

test('the event loop stays free while a script computes', async () => {
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, 5)
  await engine.run(requestFor('for (;;) {}', {}, { limits: LIMITS }))
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(10)
})

test('the memory cap holds for the process', async () => {
  const before = process.memoryUsage().rss
  for (let count = 0; count < 3; count++) {
    await engine.run(
      requestFor('const a: any[] = []; for (;;) a.push(new Array(1000).fill(1))', {}, { limits: LIMITS }),
    )
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
})
