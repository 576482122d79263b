import { expect, test } from 'vitest'
import { BUILT_IN_FACTORS } from '../../../src/contracts/arm.ts'
import type { FactorHooks } from '../../../src/contracts/factor-module.ts'
import { TRIAL_LIMITS_DEFAULT } from '../../../src/contracts/suite.ts'
import type { Trial } from '../../../src/contracts/trial.ts'
import { hooksOf } from '../../../src/run/trial/factor-hooks.ts'

function hookOf(hooks: object): FactorHooks {
  const defaults = Object.entries(BUILT_IN_FACTORS).map(([name, levels]) => [name, levels[0]])
  const arm = { ...Object.fromEntries(defaults), custom: { mood: 'b' } }
  const [checked] = hooksOf([{ name: 'mood', levels: { a: {}, b: hooks } }], { arm } as Trial)
  return checked as FactorHooks
}

test('hooks that do as they should are handed through', () => {
  const hooks = hookOf({
    preamble: (text: string) => `${text}!`,
    limits: (limits: object) => ({ ...limits, turnsMax: 2 }),
  })
  expect(hooks.preamble?.('Go')).toBe('Go!')
  expect(hooks.limits?.(TRIAL_LIMITS_DEFAULT)).toMatchObject({ turnsMax: 2 })
  expect(hooks.history).toBeUndefined()
})

test('a level without hooks changes nothing', () => {
  expect(hookOf({})).toEqual({})
})

test('a hook that throws is named', () => {
  const hooks = hookOf({
    tools() {
      throw new Error('boom')
    },
  })
  expect(() => hooks.tools?.([])).toThrow('factor mood, level b: tools threw: boom')
})

test.each([
  ['preamble', () => 42],
  ['preamble', () => undefined],
  ['tools', () => 'exec'],
  ['tools', () => [1]],
  ['history', () => []],
  ['history', () => [null]],
  ['history', () => [{ role: 'user' }]],
  ['history', async (messages: unknown) => messages],
  ['limits', () => null],
  ['limits', () => ({ turnsMax: 1 })],
  ['limits', (limits: object) => ({ ...limits, wallTimeMs: Number.NaN })],
  ['limits', (limits: object) => ({ ...limits, tokensMax: '5' })],
] as const)('%s that returns nonsense (%#) is named', (name, hook) => {
  const checked = hookOf({ [name]: hook })[name] as (value: unknown) => unknown
  expect(() => checked(name === 'limits' ? TRIAL_LIMITS_DEFAULT : [])).toThrow(
    `factor mood, level b: ${name} must return`,
  )
})
