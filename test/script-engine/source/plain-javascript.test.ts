import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preparePlain, prepareScript } from '../../../src/script-engine/source/prepare-script.ts'
import { CORPUS } from '../hostile/corpus.ts'
import { hostileProgram } from '../hostile/generated.ts'

describe('a script without types', () => {
  test.each([
    'return 1',
    "const files = await tools.listDir({ dirPath: '.' })\nreturn files.entries.filter(e => e.type === 'file')",
    'let n = 0; for (let i = 0; i < 10; i++) n += i; return n',
    'const f = ({ a }) => a?.b ?? /x<y/.test(a); return [f({}), `text`]',
    'class A { #x = 1; static y() { return 2 } get z() { return this.#x } }; return new A().z',
  ])('is ready at once, as it stands: %s', source => {
    const plain = preparePlain(source)
    expect(plain).toEqual(prepareScript(source))
    expect(plain).toMatchObject({ ok: true, script: { source } })
  })

  test.each([
    ['types', 'const n: number = 1; return n'],
    ['type arguments, which compare in JavaScript', 'return f<string>(1)'],
    ['type arguments over lines', 'return new Map<\nstring,\nnumber>\n(x)'],
    ['a word at the end of a line', 'class A { declare\nx = 1 }'],
    ['a comment of HTML', 'let a = 1\n--> 2\nreturn a'],
    ['what is no JavaScript', 'return ('],
    ['an end of the wrapper', '}; async () => {'],
    ['what strict code forbids', 'with (a) {}'],
    ['too much', `return '${'x'.repeat(2 ** 16)}'`],
  ])('is not assumed with %s', (_what, source) => {
    expect(preparePlain(source)).toBeUndefined()
  })

  test('is the same whether its types are looked for or not', () => {
    for (const { source } of CORPUS) expectSame(source)
    fc.assert(fc.property(hostileProgram, expectSame), { numRuns: 300 })
  })

  test('is told in time that grows with the length, also of brackets without an end', () => {
    const startedMs = performance.now()
    for (const piece of ['<', 'type ', '=>', '({a:', '(a=', '!', '/']) preparePlain(piece.repeat(60_000 / piece.length))
    expect(performance.now() - startedMs).toBeLessThan(3_000)
  })
})

/** Of what is taken for plain, nothing would have been stripped. */
function expectSame(source: string): void {
  const plain = preparePlain(source)
  if (plain?.ok !== true) return
  const stripped = prepareScript(source)
  // The machine is given UTF-8, in which a lone surrogate is what the parser makes of it too.
  if (stripped.ok) expect(plain.script.code.toWellFormed(), source).toBe(stripped.script.code)
}
