// Covers: model/environment.ts

import { expect, test } from 'vitest'
import type { ModelProvider } from '../../src/contracts/model.ts'
import { provide } from '../helpers/model-fixture.ts'

function mistakeOf(spec: string, environment: Record<string, string> = {}): unknown {
  try {
    provide(spec, { environment })
  } catch (error) {
    return error
  }
  return undefined
}

test.each([
  ['openai/gpt-5.5', {}, 'OPENAI_API_KEY is not set'],
  ['openai/gpt-5.5', { OPENAI_API_KEY: ' ' }, 'OPENAI_API_KEY is empty'],
  ['anthropic/claude-opus-5', { ANTHROPIC_API_KEY: '' }, 'ANTHROPIC_API_KEY is empty'],
  ['openai/gpt-5.5', { OPENAI_API_KEY: 'sk-a\nb' }, 'a character that no key has'],
])('%s with %j', (spec, environment, part) => {
  expect(mistakeOf(spec, environment as Record<string, string>)).toMatchObject({
    name: 'UserError',
    code: 'model-key-missing',
    message: expect.stringContaining(part),
  })
})

test('a key with bad characters is not repeated', () => {
  expect(String(mistakeOf('openai/gpt-5.5', { OPENAI_API_KEY: 'sk-secret\n' + 'x y' }))).not.toContain('sk-secret')
})

test.each(['api.openai.com/v1', 'file:///etc', 'http://u:p@host'])(
  'a base URL like %s is a mistake that names its variable',
  url => {
    const environment = { OPENAI_API_KEY: 'sk-1234', OPENAI_BASE_URL: url }
    expect(mistakeOf('openai/gpt-5.5', environment)).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('OPENAI_BASE_URL'),
    })
  },
)

test('a compatible server needs no key', () => {
  expect(provide('openai-compatible/qwen3@http://localhost:11434/v1').playerKind).toBe('api')
})

test('built-in players come from whoever has the task', () => {
  const oracle: ModelProvider = { spec: 'oracle', playerKind: 'oracle', ask: () => Promise.reject(new Error('unused')) }
  const asked: string[] = []
  const builtIns = (name: string) => {
    asked.push(name)
    return name === 'oracle' ? oracle : undefined
  }
  expect(provide('oracle', { builtIns })).toBe(oracle)
  expect(() => provide('simulated/nobody', { builtIns })).toThrow(/no such built-in player/)
  expect(asked).toEqual(['oracle', 'simulated/nobody'])
})

test('an unknown spec is a mistake', () => {
  expect(mistakeOf('opnai/x')).toMatchObject({ code: 'model-unknown' })
})
