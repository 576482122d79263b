import { expect, test } from 'vitest'
import { readReply } from '../../../src/port-check/port/read-reply.ts'

test('gives a reply of either kind', () => {
  expect(readReply('{"ok": true, "text": "x", "result": [1]}')).toMatchObject({ ok: true, text: 'x', result: [1] })
  const failed = '{"ok": false, "error": {"code": "failed", "message": "no"}}'
  expect(readReply(failed)).toMatchObject({ ok: false, error: { code: 'failed', message: 'no' } })
})

test.each([
  ['Traceback: …', 'bad-reply', 'expected one JSON object, got "Traceback: …"'],
  ['{"ok": 1}', 'bad-reply', /ok.*; got \{"ok": 1\}$/],
  ['{"ok": false, "error": {"code": "failed"}}', 'bad-reply', /^error\.message: /],
  ['{"thrown": "TypeError: x"}', 'crashed', 'TypeError: x'],
] as const)('%s is a fault: %s', (text, fault, message) => {
  expect(() => readReply(text)).toThrow(expect.objectContaining({ message: expect.stringMatching(message) }))
  expect(() => readReply(text)).toThrow(expect.objectContaining({ kind: fault }))
})
