import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import type { CommandSpec, OptionSpec } from '../../../src/cli/options/command-spec.ts'
import { flagOf } from '../../../src/cli/options/command-spec.ts'
import { COMMANDS } from '../../../src/cli/options/command-table.ts'
import { toOption } from '../../../src/cli/options/to-option.ts'

/** What a command with this one option, called `testGlob`, makes of these words. */
function parsed(spec: OptionSpec, ...words: string[]): unknown {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  command.addOption(toOption('testGlob', spec)).argument('[rest...]')
  return command.parse(words, { from: 'user' }).opts().testGlob
}

const TEXT = { help: 'text', value: 'text' } as const

test('flags are made of keys', () => {
  expect(flagOf('testGlob', TEXT)).toBe('--test-glob')
  expect(flagOf('open', { help: 'x', isOnByDefault: true })).toBe('--no-open')
  expect(toOption('open', { help: 'x', isOnByDefault: true }).negate).toBe(true)
})

test.each<[string, OptionSpec, string[], unknown]>([
  ['a switch', { help: 'x' }, ['--test-glob'], true],
  ['a switch that is not given', { help: 'x' }, [], undefined],
  ['a text', TEXT, ['--test-glob', 'a,b'], 'a,b'],
  ['commas', { ...TEXT, several: 'commas' }, ['--test-glob', 'a, b', '--test-glob', 'c'], ['a', 'b', 'c']],
  ['words', { ...TEXT, several: 'words' }, ['--test-glob', 'a,b', 'c', '--test-glob', 'd'], ['a,b', 'c', 'd']],
  ['one word', { ...TEXT, several: 'words' }, ['--test-glob', 'test/**'], ['test/**']],
  ['parsed items', { ...TEXT, several: 'commas', parse: Number }, ['--test-glob', '1,2'], [1, 2]],
  [
    'entries',
    { ...TEXT, several: 'entries', parse: text => ({ [text]: 1 }) },
    ['--test-glob', 'a', '--test-glob', 'b'],
    { a: 1, b: 1 },
  ],
  ['a default', { ...TEXT, several: 'commas', default: ['x'] }, [], ['x']],
  ['a default that is replaced', { ...TEXT, several: 'commas', default: ['x'] }, ['--test-glob', 'a,b'], ['a', 'b']],
])('%s', (_, spec, words, value) => {
  expect(parsed(spec, ...words)).toEqual(value)
})

test.each<[string, OptionSpec, string[], string]>([
  ['an empty text', TEXT, ['--test-glob', ' '], 'expected a value, not an empty one.'],
  ['no value', TEXT, ['--test-glob'], 'argument missing'],
  ['no choice', { ...TEXT, choices: ['warn', 'block'] }, ['--test-glob', 'x'], 'expected one of warn, block.'],
  ['a mistyped choice', { ...TEXT, choices: ['warn', 'block'] }, ['--test-glob', 'blok'], 'did you mean "block"?'],
  [
    'one of several',
    { ...TEXT, several: 'commas', choices: ['warn', 'block'] },
    ['--test-glob', 'warn,x'],
    'expected one of warn, block.',
  ],
  ['a required option that is missing', { ...TEXT, isRequired: true }, [], 'required option'],
])('%s is refused', (_, spec, words, message) => {
  expect(() => parsed(spec, ...words)).toThrow(message)
})

const OPTIONS = Object.entries<CommandSpec>(COMMANDS).flatMap(([command, { options = {} }]) =>
  Object.entries(options).map(([key, spec]) => ({ title: `${command} ${flagOf(key, spec)}`, key, spec })),
)
const LISTS = OPTIONS.filter(({ spec }) => spec.several === 'commas' || spec.several === 'words')

describe('the table', () => {
  test.each(LISTS)('$title is a list of whole values, given once or twice', ({ key, spec }) => {
    const [first = 'one/**', second = 'two/**'] = spec.choices ?? []
    const option = toOption(key, spec)
    const command = () => new Command().exitOverride().addOption(option)
    const flag = flagOf(key, spec)
    const read = (...words: string[]) => command().parse(words, { from: 'user' }).opts()[option.attributeName()]
    expect(read(flag, first)).toEqual([first])
    expect(read(flag, first, flag, second)).toEqual([first, second])
    const together = spec.several === 'commas' ? [`${first},${second}`] : [first, second]
    expect(read(flag, ...together)).toEqual([first, second])
  })

  test.each(OPTIONS)('$title is described in one line, without a full stop, and its value name is plain', option => {
    const { help, value } = option.spec
    expect(help).toMatch(/^[^\n]*[^.\n]$/)
    if (value !== undefined) expect(value).not.toMatch(/[<>[\]\s]|…$(?<!,…)|\.\.\./)
  })

  test.each(OPTIONS)(
    '$title: conflicts name options of the same command, and a default is a possible value',
    option => {
      const [command = ''] = option.title.split(/ --/)
      const known = Object.keys((COMMANDS[command as keyof typeof COMMANDS] as CommandSpec).options ?? {})
      for (const other of option.spec.conflicts ?? []) expect(known).toContain(other)
      const { choices, default: value } = option.spec
      if (choices !== undefined && value !== undefined) expect(choices).toEqual(expect.arrayContaining([value].flat()))
    },
  )
})
