// Covers: script-engine/failure/syntax/failure-sites.ts, script-engine/failure/syntax/site-walk.ts
// Covers: script-engine/failure/syntax/syntax-locator.ts, script-engine/failure/syntax/v8-place.ts
// Covers: script-engine/failure/syntax/find-site.ts
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are parts of programs
import { Script } from 'node:vm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ScriptEngine } from '../../../src/contracts/script.ts'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import { syntaxLocator } from '../../../src/script-engine/failure/syntax/syntax-locator.ts'
import { type PreparedScript, prepareScript } from '../../../src/script-engine/source/prepare-script.ts'
import { failed, requestFor } from '../../contract/script-engine.ts'

let engine: ScriptEngine
beforeAll(() => {
  engine = createScriptEngine({ workers: 1 })
})
afterAll(() => engine.close())

/** Expressions that fail, each on one line; TypeScript in some of them moves nothing. */
const FAILING = [
  'throw new Error("a")',
  'throw  new  TypeError("x: " + 1)',
  'undefinedName',
  'undefinedName.foo()',
  '(null as any).foo',
  'const o: any = {}; o.a.b.c()',
  'const o: any = {}; o.foo(1, 2)',
  'const o: any = {}; o["x"].y',
  'const f: any = 1; f()',
  'const f: any = 1; new f()',
  'const x: Record<string, number> = {}; x.y!.toFixed()',
  'JSON.parse("{bad")',
  '[1, 2].map((x: number) => { throw new Error("in map") })',
  '[1, 2].map(x => (x as any).foo.bar)',
  'function g(): never { throw new RangeError("r") } g()',
  'async function g() { await null; throw new Error("async") } await g()',
  '"abc".repeat(-1)',
  '(1).toFixed(200)',
  'decodeURIComponent("%")',
  'new (class A { constructor() { throw new Error("ctor") } })()',
  `const t = \`a\${(null as any).b}c\``,
  'const é = "é𝒳"; throw new Error("u")',
  'const s = "日本語"; (null as any).foo',
  'if (true) { throw Error("no new") }',
  'return (() => { throw new Error("x") })()',
  'const o = { get a(): number { throw new Error("g") } }; o.a',
  '[3, 1].sort(() => { throw new Error("s") })',
  'const fn = undefined as any; fn?.(); fn()',
  'await (null as any).foo()',
  '\tthrow new Error("tab")',
]
const SURROUNDINGS = [
  (line: string) => line,
  (line: string) => `// one\n\n${line}\n// last`,
  (line: string) => `interface A { b: string }\nconst text = \`two\nlines\`; type T = A\n  ${line}`,
  (line: string) => `for (const n of [1] as number[]) {\n  ${line}\n}`,
]

/** Where V8 says the same program fails. */
async function placeInV8({ code, prefixLength }: PreparedScript): Promise<string> {
  try {
    await new Script(`'use strict';\n${code}`, { filename: 'script.ts' }).runInThisContext()()
  } catch (error) {
    const frames = String((error as Error).stack)
      .split('\n')
      .filter(line => /^\s+at/.test(line))
    const found = /script\.ts:(\d+):(\d+)/.exec(frames.join('\n')) as RegExpExecArray
    const line = Number(found[1]) - 1
    return `${line}:${Number(found[2]) - (line === 1 ? prefixLength : 0)}`
  }
  throw new Error('the program does not fail in V8')
}

test.each(FAILING)('%j fails at the line and column V8 names, wherever it stands', async failing => {
  for (const surround of SURROUNDINGS) {
    const source = surround(failing)
    const preparation = prepareScript(source)
    const failure = failed(await engine.run(requestFor(source)))
    expect(`${failure.line}:${failure.column}`).toBe(
      await placeInV8((preparation as { script: PreparedScript }).script),
    )
  }
})

test('a stack that a script has made up is answered with a place, whatever it says', () => {
  const messages = [
    'cannot convert to object',
    'value is not iterable',
    "cannot set property 'a' of undefined",
    "'a' is read-only",
    "cannot read property 'a' of undefined",
    "'a' is not defined",
    'not a function',
    "class constructors must be invoked with 'new'",
    "could not load module 'a'",
  ]
  const fragments = [
    'a',
    '.',
    '?.',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '=',
    '++',
    '=>',
    ' new ',
    ' return ',
    '...',
    ' of ',
    '`',
    '${',
    '/',
    '"',
    '\n',
    'for',
    'const ',
    ',',
    ';',
  ]
  const code = fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(
      code,
      fc.constantFrom(...messages),
      fc.nat(4),
      fc.nat(30),
      fc.boolean(),
      (text, message, line, column, isNative) => {
        const stack = `${isNative ? '    at map (native)\n' : ''}    at a (script.ts:${line}:${column})\n`
        const position = syntaxLocator({ code: `(() => {${text}\n})`, prefixLength: 8 }).thrown(stack, message)
        expect(position?.line).toBeGreaterThan(0)
        expect(position?.column).toBeGreaterThan(0)
      },
    ),
    { numRuns: 2_000 },
  )
})
