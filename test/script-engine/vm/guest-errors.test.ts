import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import { requestFor, returned } from '../../contract/script-engine.ts'

const DEEP = 100_000
const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const deep = (open: string, middle: string, close: string) => open.repeat(DEEP) + middle + close.repeat(DEEP)

/** Each is a failure of the script, never of its machine. */
describe('guest errors', () => {
  test.each<[name: string, source: string, expected: RegExp]>([
    ['recursion', 'const f = (): any => f(); f()', /^stack$/],
    ['mutual recursion', 'const f = (): any => g(); const g = (): any => f(); f()', /^stack$/],
    ['recursion through getters', 'const o: any = { get a() { return o.a } }; o.a', /^stack$/],
    ['recursion through a proxy', 'const p: any = new Proxy({}, { get: (_t, k, r) => r[k] }); p.x', /^stack$/],
    [
      'proxies around proxies',
      'let p: any = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x',
      /^(stack|thrown)$/,
    ],
    ['a toString bomb', 'const o: any = { toString: () => String(o) }; String(o)', /^stack$/],
    ['a valueOf bomb', 'const o: any = { valueOf: () => +o }; return +o', /^stack$/],
    ['a toJSON bomb', 'const o: any = { toJSON: () => JSON.stringify(o) }; return o', /^(stack|thrown)$/],
    [
      'nested arrays as a value',
      'let a: any = []; for (let i = 0; i < 5e3; i++) a = [a]; return a',
      /^(stack|thrown)$/,
    ],
    ['nested arrays as text', 'let a: any = []; for (let i = 0; i < 1e5; i++) a = [a]; String(a)', /^stack$/],
    ['JSON.parse of nesting', 'JSON.parse("[".repeat(1e6) + "]".repeat(1e6))', /^(stack|thrown)$/],
    ['eval of nested parentheses', 'eval("(".repeat(1e5) + ")".repeat(1e5))', /^(stack|thrown|parse)$/],
    ['eval of nested templates', 'eval(("`$" + "{").repeat(1e4) + "1" + "}`".repeat(1e4))', /^(stack|thrown|parse)$/],
    ['a deep regular expression', 'new RegExp("(".repeat(1e5) + ")".repeat(1e5)).test("")', /^(stack|thrown)$/],
    ['nested parentheses in the source', `return ${deep('(', '1', ')')}`, /^(stack|parse)$/],
    ['nested arrays in the source', `return ${deep('[', '1', ']')}`, /^(stack|parse)$/],
    ['nested templates in the source', `return ${deep('`${', '1', '}`')}`, /^(stack|parse)$/],
    ['nested blocks in the source', deep('{', '', '}'), /^(stack|parse)$/],
    ['nested functions in the source', `return ${deep('(() => ', '1', ')()')}`, /^(stack|parse)$/],
    ['a long chain of operators in the source', `return ${'1+'.repeat(DEEP)}1`, /^(stack|parse|ok)$/],
    ['nested types in the source', `let x: ${deep('Array<', 'number', '>')}; return 1`, /^(stack|parse|ok)$/],
  ])('%s, and the next script is right', async (_name, source, expected) => {
    const outcome = await engine.run(requestFor(source))
    expect(outcome.ok ? 'ok' : outcome.failure.class).toMatch(expected)
    expect(returned(await engine.run(requestFor('return [1, 2].map(n => n * 2)')))).toEqual([2, 4])
  })

  test('a script can catch its own overflow and go on', async () => {
    const source =
      'const f = (): any => f(); let n = 0; for (let i = 0; i < 5; i++) { try { f() } catch { n++ } } return n'
    expect(returned(await engine.run(requestFor(source)))).toBe(5)
  })
})
