import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import { requestFor, returned } from '../../contract/script-engine.ts'

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
