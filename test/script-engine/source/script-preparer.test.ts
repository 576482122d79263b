// Covers: script-engine/source/strip-queue.ts
// Covers: script-engine/source/parse-probe.ts, script-engine/source/strip-thread.ts
import { createRequire } from 'node:module'
import { afterAll, describe, expect, test } from 'vitest'
import { SCRIPT_LIMITS_DEFAULT } from '../../../src/contracts/script.ts'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import type { FailedScript } from '../../../src/script-engine/failure/script-failure.ts'
import { createScriptPreparer } from '../../../src/script-engine/source/script-preparer.ts'
import { failed, requestFor, returned } from '../../contract/script-engine.ts'

describe('the reader of scripts', () => {
  const engine = createScriptEngine({ workers: 1 })
  afterAll(() => engine.close())
  const broken = [
    `return ${'({a:'.repeat(3000)}1${'})'.repeat(3000)}`,
    `return ${'`${'.repeat(5000)}1${'}`'.repeat(5000)}`,
  ]

  test('reads the next script after one that broke its parser, also while others wait', async () => {
    const sources = [...broken, 'const n: number = 1; return n', ...broken, 'const n: number = 2; return n']
    const outcomes = await Promise.all(sources.map(source => engine.run(requestFor(source))))
    expect(outcomes.map(outcome => (outcome.ok ? outcome.value : outcome.failure.class))).toEqual([
      ...['parse', 'parse', 1, 'parse', 'parse', 2],
    ])
  })

  test('finds the program in the next reply after one that broke its parser', () => {
    for (const source of broken) {
      expect(engine.extract(`<tool-calls>\n${source}\n</tool-calls>`, 'lenient').kind).toBe('scripts')
      const sources = ['const n: number = 1']
      expect(engine.extract('<tool-calls>\nconst n: number = 1\n</tool-calls>', 'lenient')).toMatchObject({ sources })
    }
  })

  test.each([
    ['unclosed tags', `<tool-calls>\nreturn ${'<a>'.repeat(5000)}\n</tool-calls>`],
    ['unclosed fences', `<tool-calls>x\n${'```a\n'.repeat(40_000)}</tool-calls>`],
    ['many blocks that do not parse', '<tool-calls>\nfoo(\n</tool-calls>\n'.repeat(300)],
    ['many end tags', `<tool-calls>\nfoo(\n${'</tool-calls>\n'.repeat(2000)}`],
    ['many thoughts', '<think>'.repeat(20_000)],
    ['many blanks', `<tool-calls>${' '.repeat(100_000)}x(</tool-calls>`],
    ['nested parentheses in every block', `<tool-calls>\n${'('.repeat(4000)}\n</tool-calls>\n`.repeat(20)],
  ])('bounds what extraction takes of %s', (_name, reply) => {
    const startedMs = performance.now()
    engine.extract(reply, 'lenient')
    expect(performance.now() - startedMs).toBeLessThan(8_000)
  })

  test('refuses a script that is too long without reading it', async () => {
    const outcome = await engine.run(requestFor(`return 1 // ${'x'.repeat(2 ** 20)}`))
    expect(outcome).toMatchObject({ ok: false, failure: { class: 'parse' } })
  })

  test('two engines do not share a reader', async () => {
    const other = createScriptEngine({ workers: 1 })
    const [bad, good] = await Promise.all([
      engine.run(requestFor(broken[0] as string)),
      other.run(requestFor('return 1')),
    ])
    await other.close()
    expect(bad.ok).toBe(false)
    expect(returned(good)).toBe(1)
  })
})

describe('what a failed script is told', () => {
  const reader = createScriptPreparer()
  afterAll(() => reader.close())

  /** QuickJS points at the dot, V8 at the name. */
  const failedAt = (code: string, column: number): FailedScript => ({
    script: { source: code, code, prefixLength: 0 },
    failure: {
      kind: 'thrown',
      error: {
        ...{ name: 'TypeError', message: "cannot read property 'foo' of undefined" },
        stack: `    at <anonymous> (script.ts:1:${column})\n`,
      },
    },
    limits: SCRIPT_LIMITS_DEFAULT,
  })

  test('is the place V8 names', async () => {
    expect(await reader.explain(failedAt('(() => o.a.foo)', 11))).toMatchObject({ line: 1, column: 12 })
  })

  test.each([
    ['does not parse', 'o.a.foo)('],
    ['nests too deeply for the parser', `o.a.foo;${'('.repeat(50_000)}1${')'.repeat(50_000)}`],
    ['chains too deeply for the parser', `o.a.foo${'.a'.repeat(100_000)}`],
    ['is too long', `o.a.foo;${' '.repeat(300_000)}`],
    ['takes a long time to read', `o.a.foo;${'[a,'.repeat(20_000)}`],
  ])('is the place QuickJS names when the script %s', async (_name, code) => {
    expect(await reader.explain(failedAt(code, 4))).toMatchObject({ class: 'thrown', line: 1, column: 4 })
    expect(await reader.explain(failedAt('(() => o.a.foo)', 11))).toMatchObject({ line: 1, column: 12 })
  })

  test('is the place QuickJS names when the reader is closed', async () => {
    const closed = createScriptPreparer()
    await closed.close()
    expect(await closed.explain(failedAt('(() => o.a.foo)', 11))).toMatchObject({ line: 1, column: 11 })
    expect(await closed.linesOf(failedAt('o.a', 2).script, ['    at f (script.ts:1:2)', ''])).toEqual([1, undefined])
  })

  test('is found outside the thread of the caller', async () => {
    const engine = createScriptEngine({ workers: 1 })
    expect(failed(await engine.run(requestFor('const c = 1\n  c = 2\nreturn c')))).toMatchObject({ line: 2, column: 5 })
    await engine.close()
    const loaded = Object.keys(createRequire(import.meta.url).cache)
    expect(loaded.filter(path => path.includes('acorn'))).toEqual([])
  })
})
