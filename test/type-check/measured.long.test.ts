import { createRequire } from 'node:module'
import { afterAll, expect, test } from 'vitest'
import { seededRandom, shuffled } from '../../src/base/random.ts'
import { SCRIPT_LIMITS_DEFAULT } from '../../src/contracts/script.ts'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { createProgramCheck } from '../../src/type-check/check-program.ts'
import { DECLARATIONS, DEFINITIONS, mistakenScripts, validScripts, WRITTEN } from './corpus.ts'
import { callStub } from './stub-tools.ts'

/** Out of about 950. */
const SAMPLE = 60

const check = createProgramCheck(createRequire(import.meta.url)('typescript-5.9'))
const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

test('programs that are written as right do run', async () => {
  expect(WRITTEN.length).toBeGreaterThanOrEqual(100)
  const failures: unknown[] = []
  for (const { name, source } of WRITTEN) {
    const outcome = await engine.run({
      source,
      tools: DEFINITIONS,
      call: async call => callStub(call),
      context: {
        workingDirectory: '/workspace',
        conversationId: 'c',
        limits: { timeoutMs: 30_000, toolCallsMax: 9 },
        env: { LANG: 'C' },
      },
      limits: SCRIPT_LIMITS_DEFAULT,
      seed: name,
      nowMs: 0,
      callIdPrefix: '',
    })
    if (!outcome.ok) failures.push({ name, failure: outcome.failure })
  }
  expect(failures).toEqual([])
})

test('at most one right program in a hundred is found wrong', { timeout: 60_000 }, () => {
  const scripts = validScripts()
  const wronged = scripts.flatMap(({ name, source }) =>
    check(source, DECLARATIONS).map(({ message }) => `${name}: ${message}`),
  )
  expect(scripts.length).toBeGreaterThanOrEqual(150)
  expect(wronged.length / scripts.length, wronged.join('\n')).toBeLessThanOrEqual(0.01)
})

test('at least 95 of 100 mistakes are found', { timeout: 60_000 }, () => {
  const scripts = shuffled(mistakenScripts(validScripts()), seededRandom('mistakes')).slice(0, SAMPLE)
  const missed = scripts.filter(({ source }) => check(source, DECLARATIONS).length === 0).map(({ name }) => name)
  expect(scripts).toHaveLength(SAMPLE)
  expect(missed.length / scripts.length, missed.join('\n')).toBeLessThanOrEqual(0.05)
})
