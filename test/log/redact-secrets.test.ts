import { expect, test } from 'vitest'
import { redactSecrets } from '../../src/log/redact-secrets.ts'

const SECRET = 'k"ey\\with space'

test.each([
  ['inside JSON', JSON.stringify({ key: SECRET })],
  ['inside JSON inside JSON', JSON.stringify({ body: JSON.stringify({ key: SECRET }) })],
  ['in a URL', `https://x/?key=${encodeURIComponent(SECRET)}`],
  ['in base64', Buffer.from(SECRET).toString('base64')],
])('a secret is hidden %s', (_where, line) => {
  const redacted = redactSecrets([SECRET])(line)
  expect(redacted).toContain('[redacted]')
  expect(redacted).not.toContain('with')
})

test('of two secrets that contain each other the longer one is hidden whole; short ones are left', () => {
  expect(redactSecrets(['abcdefgh', 'abcdefghijkl', 'tiny'])('abcdefghijkl abcdefgh tiny')).toBe(
    '[redacted] [redacted] tiny',
  )
})
