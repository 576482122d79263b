import { expect, expectTypeOf, test } from 'vitest'
import type { CommandSpec } from '../../../src/cli/options/command-spec.ts'
import { type ArgumentsOf, COMMANDS, GROUPS, type OptionsOf } from '../../../src/cli/options/command-table.ts'
import { FUZZERS } from '../../../src/port-check/fuzz/fuzzers.ts'
import { INIT_LANGUAGES } from '../../../src/port-check/init/init-port.ts'
import { PORT_PROFILES } from '../../../src/port-check/port/port-protocol.ts'
import { COMPARISON_FORMATS } from '../../../src/report/formats/write-comparison.ts'
import { REPORT_FORMATS } from '../../../src/report/formats/write-reports.ts'

test('choices are those of the rooms, which the table does not load', () => {
  expect(COMMANDS.report.options.format.choices).toEqual(['terminal', ...REPORT_FORMATS])
  expect(COMMANDS.compare.options.format.choices).toEqual(['terminal', ...COMPARISON_FORMATS])
  expect([...COMMANDS['ports fuzz'].options.tool.choices].sort()).toEqual(FUZZERS.map(({ kind }) => kind).sort())
  expect(COMMANDS['ports fuzz'].options.profile.choices).toEqual(PORT_PROFILES)
  expect(COMMANDS['ports init'].options.language.choices).toEqual(INIT_LANGUAGES)
})

test('types of options and arguments follow from the table', () => {
  expectTypeOf<OptionsOf<'tasks from-commit'>>().toEqualTypeOf<{
    test: string
    out: string
    testGlob?: string[]
    id?: string
  }>()
  expectTypeOf<OptionsOf<'view'>>().toEqualTypeOf<{ port: number; open: boolean; export?: string }>()
  expectTypeOf<OptionsOf<'run'>['factor']>().toEqualTypeOf<Record<string, string[]> | undefined>()
  expectTypeOf<OptionsOf<'script'>['typeCheck']>().toEqualTypeOf<'off' | 'warn' | 'block'>()
  expectTypeOf<ArgumentsOf<'replay'>>().toEqualTypeOf<{ run: string; trialId?: string }>()
  expectTypeOf<ArgumentsOf<'compare'>>().toEqualTypeOf<{ runs: string[] }>()
})

const SPECS: [string, CommandSpec][] = [...Object.entries(COMMANDS), ...Object.entries(GROUPS)]

test.each(SPECS)('%s: a summary that begins with a verb, and examples of this command or a related one', (_, spec) => {
  expect(spec.summary).toMatch(/^[a-z]+,? [^\n]*[^.\n]$/)
  expect(spec.examples.join('\n')).not.toMatch(/^scriptbench/m)
  const words = Object.keys(COMMANDS)
  for (const example of spec.examples)
    expect(
      words.some(word => example.startsWith(word)),
      example,
    ).toBe(true)
})
