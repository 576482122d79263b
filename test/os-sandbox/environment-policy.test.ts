import { describe, expect, test } from 'vitest'
import { applyEnvironmentPolicy, type EnvironmentPolicy } from '../../src/os-sandbox/environment-policy.ts'

const MACHINE = {
  PATH: '/bin',
  HOME: '/home/u',
  PLAIN: 'p',
  MY_API_KEY: 'k',
  my_secret_x: 's',
  monkey: 'm',
  FOO_A: '1',
}

const namesWith = (policy: EnvironmentPolicy) => Object.keys(applyEnvironmentPolicy(MACHINE, policy))

describe('the variables of a command', () => {
  test.each<[string, EnvironmentPolicy, string[]]>([
    ['all but what looks secret, sorted', {}, ['FOO_A', 'HOME', 'PATH', 'PLAIN']],
    ['the core of them', { inherit: 'core' }, ['HOME', 'PATH']],
    ['none of them', { inherit: 'none' }, []],
    [
      'secrets too',
      { ignoresDefaultExcludes: true },
      ['FOO_A', 'HOME', 'MY_API_KEY', 'PATH', 'PLAIN', 'monkey', 'my_secret_x'],
    ],
    ['without those excluded', { exclude: ['foo_*', 'P?TH'] }, ['HOME', 'PLAIN']],
    ['with those set, even secret ones', { inherit: 'none', set: { X_TOKEN: 'x', A: '1' } }, ['A', 'X_TOKEN']],
    ['with an excluded one set again', { exclude: ['HOME'], set: { HOME: '/' } }, ['FOO_A', 'HOME', 'PATH', 'PLAIN']],
    [
      'only those wanted, of the set ones too',
      { includeOnly: ['path', 'x*'], set: { XY: '1', B: '2' } },
      ['PATH', 'XY'],
    ],
  ])('%s', (_, policy, names) => {
    expect(namesWith(policy)).toEqual(names)
  })

  test('a pattern is not a regular expression', () => {
    expect(Object.keys(applyEnvironmentPolicy({ 'a.b': '1', axb: '2', '[': '3' }, { exclude: ['a.b', '['] }))).toEqual([
      'axb',
    ])
  })
})
