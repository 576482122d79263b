import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preamble } from '../../../src/agent/preamble.ts'
import { createTokenCounter } from '../../../src/model/token-counter.ts'
import { trialNonce } from '../../../src/run/trial/trial-nonce.ts'

const START = preamble({ workingDirectory: '/workspace', isConfined: true })

describe('trialNonce', () => {
  test('any two nonces have as many tokens and characters, so that no token count hangs on chance', async () => {
    const countTokens = await createTokenCounter()
    const sizes = new Set<string>()
    const identity = fc.record({ run: fc.string(), trial: fc.string(), attempt: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(identity, it => {
        const nonce = trialNonce(it)
        sizes.add(`${nonce.length} characters, ${countTokens(`[${nonce}]\n${START}`)} tokens`)
      }),
      { numRuns: 3_000 },
    )
    expect(sizes.size).toBe(1)
  })

  test('the same trial of the same run has the same nonce', () => {
    const identity = { run: '2026-01-01T00:00:00.000Z', trial: 'a', attempt: 1 }
    expect(trialNonce(identity)).toBe(trialNonce({ ...identity }))
  })

  test('another trial, another run and another attempt differ from the first digits on', () => {
    const first = { run: '2026-01-01T00:00:00.000Z', trial: 'a', attempt: 1 }
    const others = [{ trial: 'b' }, { run: '2026-01-01T00:00:00.001Z' }, { attempt: 2 }]
    const starts = [first, ...others.map(other => ({ ...first, ...other }))].map(it => trialNonce(it).slice(0, 6))
    expect(new Set(starts).size).toBe(starts.length)
  })
})
