// Covers: tools/exec/render-exec.ts

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderExec } from '../../../src/tools/exec/render-exec.ts'
import { truncateOutput } from '../../../src/tools/exec/truncate-output.ts'

const lines = (count: number, line = (index: number) => `${index + 1}`) =>
  `${Array.from({ length: count }, (_, index) => line(index)).join('\n')}\n`

describe('truncateOutput', () => {
  test.each(['', 'x', 'x\n', lines(256), 'x'.repeat(10_240)])('leaves what fits', text => {
    expect(truncateOutput(text)).toBe(text)
  })

  test('keeps the first and the last 128 lines', () => {
    const expected = `Total output lines: 300\n\n${lines(128)}\n[... omitted 44 of 300 lines ...]\n\n${lines(128, index => `${index + 173}`)}`
    expect(truncateOutput(lines(300))).toBe(expected)
  })

  test('says that bytes were left out where no line was', () => {
    const text = truncateOutput(lines(200, () => 'x'.repeat(99)))
    expect(text).toMatch(/^Total output lines: 200\n\nx/)
    expect(text).toContain('\n[... output truncated to fit 10240 bytes ...]\n\n')
  })

  test('is never longer than the cap and its header, and never breaks a character', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'é', '€', '😀', '\n', '\r\n'), { minLength: 4_000, maxLength: 9_000 }),
        parts => {
          const text = truncateOutput(parts.join(''))
          expect(Buffer.byteLength(text.replace(/^Total output lines: \d+\n\n/, ''))).toBeLessThanOrEqual(10_240)
          expect(text).not.toContain('\ufffd')
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('renderExec', () => {
  const output = { exitCode: 0, stdout: '', stderr: '', aggregatedOutput: 'hi\n', timedOut: false, durationMs: 1234 }

  test('rounds the time to a tenth, without a trailing zero', () => {
    expect(renderExec(output)).toBe('Exit code: 0\nWall time: 1.2 seconds\nOutput:\nhi\n')
    expect(renderExec({ ...output, durationMs: 20 })).toContain('Wall time: 0 seconds')
  })

  test('counts the lines in its own header where lines were left out', () => {
    const text = renderExec({ ...output, aggregatedOutput: lines(300) })
    expect(text).toMatch(/^Exit code: 0\nWall time: 1.2 seconds\nTotal output lines: 300\nOutput:\n1\n2\n/)
  })
})
