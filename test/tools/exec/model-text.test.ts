// Covers: tools/truncate-middle.ts

import { describe, expect, test } from 'vitest'
import type { ExecOutput } from '../../../src/tools/exec/exec-schema.ts'
import { modelText } from '../../../src/tools/exec/model-text.ts'
import { truncateMiddle } from '../../../src/tools/truncate-middle.ts'

const outputOf = (aggregatedOutput: string, more: Partial<ExecOutput> = {}): ExecOutput => ({
  exitCode: 0,
  stdout: '',
  stderr: '',
  aggregatedOutput,
  timedOut: false,
  durationMs: 40,
  ...more,
})
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('')

describe('0.55', () => {
  const json = (output: ExecOutput) => modelText(output, { profile: '0.55', form: 'json' })
  const text = (output: ExecOutput) => modelText(output, { profile: '0.55', form: 'text' })

  test('as JSON, with the seconds to a tenth', () => {
    expect(json(outputOf('a "b"\n', { exitCode: 3, durationMs: 1_250 }))).toBe(
      '{"output":"a \\"b\\"\\n","metadata":{"exit_code":3,"duration_seconds":1.3}}',
    )
    expect(json(outputOf(''))).toContain('"duration_seconds":0.0')
  })

  test('a body near the limit makes the JSON too long, and the history cuts it again', () => {
    expect(json(outputOf('x'.repeat(10_240)))).toMatch(/^Total output lines: 1\n\n\{"output":"x/)
    expect(text(outputOf('x'.repeat(10_240)))).toMatch(/^Total output lines: 1\n\n\{"output":"x/)
  })

  test('as text, with the lines in the header where some are left out', () => {
    expect(text(outputOf('hi\n', { durationMs: 1_234 }))).toBe('Exit code: 0\nWall time: 1.2 seconds\nOutput:\nhi\n')
    expect(text(outputOf(numbers(300)))).toMatch(/^Exit code: 0\n.*\nTotal output lines: 300\nOutput:\n1\n2\n/)
  })

  test('out of time says so before the output', () => {
    expect(json(outputOf('x', { timedOut: true, exitCode: 124, durationMs: 207 }))).toBe(
      '{"output":"command timed out after 207 milliseconds\\nx","metadata":{"exit_code":124,"duration_seconds":0.2}}',
    )
  })
})

describe('0.169', () => {
  const shown = (output: ExecOutput, more = {}) => modelText(output, { profile: '0.169', chunkId: 'a1b2c3', ...more })

  test('has the time, the exit code and the tokens before the output', () => {
    expect(shown(outputOf('hi\n', { exitCode: 2 }))).toBe(
      'Chunk ID: a1b2c3\nWall time: 0.0400 seconds\nProcess exited with code 2\nOriginal token count: 1\nOutput:\nhi\n',
    )
  })

  test.each([
    [0, '…273 tokens truncated…'],
    [1, '1\n…272 tokens truncated…0\n'],
  ])('a call that asks for %s tokens gets both ends', (outputTokensMax, body) => {
    const warning = 'Warning: truncated output (original token count: 273)\nTotal output lines: 300\n\n'
    expect(shown(outputOf(numbers(300)), { outputTokensMax })).toMatch(
      new RegExp(`Output:\n${warning.replace(/[()]/g, '\\$&')}${body}$`),
    )
  })

  test('a call cannot ask for more than the model takes', () => {
    const budget = { unit: 'bytes', limit: 100 } as const
    expect(shown(outputOf('x'.repeat(200)), { budget, outputTokensMax: 1_000 })).toContain('chars truncated…')
  })

  test('the history lets a fifth more through', () => {
    const budget = { unit: 'bytes', limit: 10_000 } as const
    const text = shown(outputOf('x'.repeat(40_000)), { budget })
    expect(text).toContain(`x${'…30000 chars truncated…'}x`)
    expect(Buffer.byteLength(text)).toBeLessThan(12_000)
  })
})

describe('truncateMiddle', () => {
  test.each([
    ['é'.repeat(100), 10, `${'é'.repeat(10)}…40 tokens truncated…${'é'.repeat(10)}`],
    [`${'🙂'.repeat(50)}\n`, 7, '🙂🙂🙂…44 tokens truncated…🙂🙂🙂\n'],
  ])('keeps whole characters', (text, limit, expected) => {
    expect(truncateMiddle(text, { unit: 'tokens', limit })).toBe(expected)
  })

  test('leaves what fits, and counts characters where the budget is in bytes', () => {
    expect(truncateMiddle('abc', { unit: 'bytes', limit: 3 })).toBe('abc')
    expect(truncateMiddle('ab€€cd', { unit: 'bytes', limit: 4 })).toBe('ab…2 chars truncated…cd')
  })
})
