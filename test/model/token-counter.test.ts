import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTokenCounter } from '../../src/model/token-counter.ts'

const count = await createTokenCounter()

test('known counts', () => {
  expect(count('')).toBe(0)
  expect(count('hello world')).toBe(2)
})

test.each(['<|endoftext|>', '<|im_start|>system<|im_end|>', '\ud800', '\u0000', '<|fim_prefix|>'.repeat(1_000)])(
  'never throws: %j',
  text => {
    expect(count(text)).toBeGreaterThan(0)
  },
)

test('control tokens are counted as the text they are', () => {
  expect(count('<|endoftext|>')).toBeGreaterThan(1)
})

test('any text has a count between 0 and its bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
      expect(count(text)).toBeLessThanOrEqual(Buffer.byteLength(text))
    }),
  )
})

test('large texts are fast, with and without spaces', () => {
  const startedMs = performance.now()
  const prose = 'The quick brown fox jumps over the lazy dog.\n'.repeat(20_000)
  expect(count(prose) / 20_000).toBeCloseTo(10, 0)
  expect(count('x'.repeat(500_000))).toBeGreaterThan(10_000)
  expect(count('日本語のテキスト'.repeat(30_000))).toBeGreaterThan(10_000)
  expect(performance.now() - startedMs).toBeLessThan(8_000)
})

test('pieces cost next to no accuracy', async () => {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
  const text = Array.from({ length: 3_000 }, (_, index) => `const value${index} = compute(${index * 37})`).join('\n')
  const exact = countTokens(text)
  expect(Math.abs(count(text) - exact) / exact).toBeLessThan(0.005)
})
