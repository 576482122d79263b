import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGuestEnd, readGuestError } from '../../../src/script-engine/vm/guest-answer.ts'

test('an honest answer is read as it is', () => {
  const error = { name: 'ToolError', message: 'm', stack: 's', tool: 't', code: 'c' }
  expect(readGuestEnd(JSON.stringify({ kind: 'failed', error }))).toEqual({ kind: 'failed', error })
  expect(readGuestEnd('{"kind":"returned","unawaitedAt":["[0]"]}')).toEqual({ kind: 'returned', unawaitedAt: ['[0]'] })
})

test('whatever else comes, every field has its type', () => {
  const anything = fc.oneof(fc.json(), fc.string())
  const kinds = fc.constantFrom('failed', 'returned', 'output-too-large', 'other')
  const forged = fc.record({ kind: kinds, error: fc.jsonValue(), length: fc.jsonValue(), unawaitedAt: fc.jsonValue() })
  fc.assert(
    fc.property(
      fc.oneof(
        anything,
        forged.map(value => JSON.stringify(value)),
      ),
      header => {
        const { name, message, stack } = readGuestError(header)
        expect([typeof name, typeof message, typeof stack]).toEqual(['string', 'string', 'string'])
        const end = readGuestEnd(header)
        if (end?.kind === 'returned') expect(end.unawaitedAt.every(place => typeof place === 'string')).toBe(true)
        if (end?.kind === 'failed') expect(typeof end.error.message).toBe('string')
        if (end?.kind === 'output-too-large') expect(typeof end.length).toBe('number')
      },
    ),
    { numRuns: 500 },
  )
})
