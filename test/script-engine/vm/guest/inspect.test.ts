// Covers: script-engine/vm/guest/inspect-objects.ts, script-engine/vm/guest/inspect-writer.ts
import { Script } from 'node:vm'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../../../../src/script-engine/create-script-engine.ts'
import { inspectSource } from '../../../../src/script-engine/vm/guest/prelude.ts'
import { requestFor, returned } from '../../../contract/script-engine.ts'

const BOUNDS = { depthMax: 4, itemsMax: 100, stringLengthMax: 1_000, lengthMax: 4_000 }
/** One string and its frame may stand beyond the bound. */
const LENGTH_MAX = BOUNDS.lengthMax + 2 * BOUNDS.stringLengthMax

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

/** What the console prints of an expression, in the guest itself. */
async function printed(setup: string, expression: string): Promise<string> {
  const outcome = await engine.run(requestFor(`${setup}\nconsole.log(${expression}); return 1`))
  expect(returned(outcome)).toBe(1)
  return outcome.logs.map(log => log.text).join('\n')
}

describe('console inspection', () => {
  test.each([
    [
      'primitives',
      '',
      '[undefined, null, -0, NaN, 10n, Symbol("s"), true, "s"]',
      '[ undefined, null, -0, NaN, 10n, Symbol(s), true, "s" ]',
    ],
    ['a text at the top as it is', '', '"a", 1, "b"', 'a 1 b'],
    ['a cycle', 'const a: any = { n: 1 }; a.self = [a]', 'a', '{ n: 1, self: [ [Circular] ] }'],
    ['the same object twice', 'const a = { n: 1 }', '[a, a]', '[ { n: 1 }, { n: 1 } ]'],
    [
      'maps and sets',
      '',
      'new Map<any, any>([["k", new Set([1])], [{}, []]])',
      'Map(2) { "k" => Set(1) { 1 }, {} => [] }',
    ],
    [
      'dates and expressions',
      '',
      '[new Date(0), new Date(NaN), /a+/gi]',
      '[ 1970-01-01T00:00:00.000Z, Invalid Date, /a+/gi ]',
    ],
    [
      'errors',
      'class E extends Error { override name = "E" }',
      '[new RangeError("r"), new E("e")]',
      '[ RangeError: r, E: e ]',
    ],
    [
      'typed arrays',
      '',
      '[new Uint8Array([1, 2]), new BigInt64Array(1)]',
      '[ Uint8Array(2) [ 1, 2 ], BigInt64Array(1) [ 0n ] ]',
    ],
    [
      'functions and classes',
      '',
      '[() => 1, function f() {}, class A {}]',
      '[ [Function], [Function f], [Function A] ]',
    ],
    ['instances', 'class A { x = 1; #y = 2; get z() { return this.#y } }', 'new A()', 'A { x: 1 }'],
    ['no prototype', '', 'Object.create(null)', '[null prototype] {}'],
    ['symbol keys and odd keys', '', '{ [Symbol("k")]: 1, "a b": 2, $c: 3 }', '{ "a b": 2, $c: 3, [Symbol(k)]: 1 }'],
    [
      'getters, which are not called',
      'let n = 0',
      '{ get a() { n++; throw 1 }, set b(x: any) {} }, n',
      '{ a: [Getter], b: [Getter] } 0',
    ],
    ['promises', '', 'Promise.resolve(1)', 'Promise (not awaited)'],
    ['depth', '', '{ a: { b: { c: { d: { e: 1 } } } } }', '{ a: { b: { c: { d: [Object] } } } }'],
    ['proxies', '', 'new Proxy({ a: 1 }, {})', '{ a: 1 }'],
    [
      'proxies that throw',
      '',
      'new Proxy({}, { ownKeys() { throw 1 } }), new Proxy([], { get() { throw 1 } })',
      '[not printable] [not printable]',
    ],
    ['a revoked proxy', 'const r = Proxy.revocable({}, {}); r.revoke()', 'r.proxy', '[not printable]'],
  ])('%s', async (_name, setup, expression, expected) => {
    expect(await printed(setup, expression)).toBe(expected)
  })

  test.each([
    ['a wide array', 'Array.from({ length: 1e5 }, (_, i) => i)', '… 99900 more'],
    ['a wide object', 'Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ["k" + i, i]))', 'more }'],
    ['a wide map', 'new Map(Array.from({ length: 1e4 }, (_, i) => [i, i]))', '… 9900 more'],
    ['a wide typed array', 'new Float64Array(1e6)', '… 999900 more'],
    ['a long string inside', '["x".repeat(1e6)]', '… (1000000 characters)'],
    ['a long message', 'new Error("x".repeat(1e6))', 'Error: xxx'],
    ['many long strings', 'Array.from({ length: 50 }, () => "x".repeat(900))', 'more ]'],
    ['a long name', 'Object.defineProperty(() => 1, "name", { value: "n".repeat(1e6) })', '[Function nnn'],
  ])('%s is bounded', async (_name, expression, shown) => {
    const text = await printed('', expression)
    expect(text).toContain(shown)
    expect(text.length).toBeLessThan(LENGTH_MAX)
  })

  test('whatever the value, a line is bounded and printing never throws', () => {
    const inspect = new Script(inspectSource(BOUNDS)).runInThisContext() as (value: unknown) => string
    const anything = fc.anything({
      ...{ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withNullPrototype: true },
      ...{ withObjectString: true, withSet: true, withSparseArray: true, withTypedArray: true, maxDepth: 6 },
    })
    fc.assert(
      fc.property(anything, value => {
        const text = inspect(value)
        expect(typeof text).toBe('string')
        expect(text.length).toBeLessThan(LENGTH_MAX)
      }),
      { numRuns: 500 },
    )
  })
})
