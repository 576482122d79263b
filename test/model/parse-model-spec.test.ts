import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseModelSpec, playerKindOf } from '../../src/model/parse-model-spec.ts'

test.each([
  ['openai/gpt-5.5', { kind: 'openai', model: 'gpt-5.5' }],
  ['anthropic/claude-opus-5', { kind: 'anthropic', model: 'claude-opus-5' }],
  [
    'openai-compatible/org/qwen@q4@http://localhost:1/v1',
    { kind: 'openai-compatible', model: 'org/qwen@q4', baseURL: 'http://localhost:1/v1' },
  ],
  ['command/./players/me', { kind: 'command', path: './players/me' }],
  ['scripted//tmp/a.yaml', { kind: 'scripted', file: '/tmp/a.yaml' }],
  ['simulated/weak', { kind: 'simulated', name: 'weak' }],
  ['oracle', { kind: 'oracle' }],
  ['nop', { kind: 'nop' }],
])('%s', (spec, value) => {
  expect(parseModelSpec(spec)).toEqual({ ok: true, value })
})

test.each([
  ['opnai/gpt-5', "did you mean 'openai'?"],
  ['Anthropic/x', "did you mean 'anthropic'?"],
  ['oracel', "did you mean 'oracle'?"],
  ['openai', 'expected openai/<model>'],
  ['oracle/x', "nothing can follow 'oracle'"],
  ['gemini/pro', 'no provider has that name'],
  ['', 'no provider has that name'],
  ['openai-compatible/qwen', '<model>@<baseURL>'],
  ['openai-compatible/qwen@ftp://host', '<model>@<baseURL>'],
  ['openai-compatible/qwen@http://host/v1?key=1', 'without ? and #'],
  ['openai-compatible/qwen@http://[', 'not a valid URL'],
])('%j is unknown: %s', (spec, part) => {
  const parsed = parseModelSpec(spec)
  expect(parsed.ok).toBe(false)
  expect(!parsed.ok && parsed.error).toMatchObject({ code: 'model-unknown', message: expect.stringContaining(part) })
})

test('a password in a base URL is refused without being repeated', () => {
  const parsed = parseModelSpec('openai-compatible/qwen@http://me:hunter2@host/v1')
  expect(!parsed.ok && parsed.error.message).toMatch(/or a password/)
  expect(!parsed.ok && parsed.error.message).not.toContain('hunter2')
})

test('no text makes the parser throw', () => {
  fc.assert(fc.property(fc.string(), spec => typeof parseModelSpec(spec).ok === 'boolean'))
})

test('only a command can be declared to be another player kind', () => {
  expect(playerKindOf({ kind: 'command', path: 'x' }, 'api')).toBe('api')
  expect(playerKindOf({ kind: 'command', path: 'x' })).toBe('assisted')
  expect(playerKindOf({ kind: 'scripted', file: 'x' }, 'api')).toBe('scripted')
})
