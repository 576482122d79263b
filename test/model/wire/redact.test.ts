import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redact } from '../../../src/model/wire/redact.ts'

const KEY = 'abcDEF-123456+/='

test.each([
  `Invalid key ${KEY}`,
  `{"key":${JSON.stringify(KEY)}}`,
  `https://host/?key=${encodeURIComponent(KEY)}`,
  `encoded ${Buffer.from(KEY).toString('base64')}`,
])('%s', message => {
  expect(redact(message, [KEY])).not.toMatch(/abcDEF|123456|YWJjREVG/)
})

test.each([
  'Authorization: Bearer eyJhbGciOi.J9.abc',
  "{'authorization': 'token-98765'}",
  '{"x-api-key":"98765"}',
  '{\\"x-api-key\\": \\"98765\\"}',
  'Incorrect API key provided: sk-98765***************wxyz.',
])('a credential that is not ours: %s', message => {
  expect(redact(message, [])).not.toMatch(/eyJ|98765|wxyz/)
})

test('ordinary messages stay as they are', () => {
  const message = 'HTTP 404: the model `gpt-9` does not exist, task-specific or risk-free'
  expect(redact(message, [KEY])).toBe(message)
})

test('control characters and length are bounded', () => {
  expect(redact('\u001b[31mred\u0007', [])).toBe('[31mred')
  expect(redact('x'.repeat(5_000), []).length).toBeLessThan(2_010)
})

test('a key never survives, whatever surrounds it', () => {
  const key = fc.stringMatching(/^[\x21-\x7e]{12,40}$/)
  fc.assert(
    fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
      expect(redact(`${before}${secret}${after}`, [secret])).not.toContain(secret)
    }),
  )
})
