import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { buildProgram } from '../../src/cli/build-program.ts'
import type { CommandSpec } from '../../src/cli/options/command-spec.ts'
import { flagOf } from '../../src/cli/options/command-spec.ts'
import { COMMANDS, GROUPS } from '../../src/cli/options/command-table.ts'
import { EXIT } from '../../src/contracts/exit-codes.ts'

/** A program whose actions only note what they are given. */
function recorded() {
  const calls: unknown[] = []
  const program = buildProgram(async name => async (args, options) => {
    calls.push({ name, args, options })
  })
  return { program, calls }
}

function helpOf(path: string): string {
  let command: Command | undefined = recorded().program
  for (const word of path.split(' ')) command = command?.commands.find(each => each.name() === word)
  let text = ''
  command?.configureOutput({
    writeOut: part => {
      text += part
    },
  })
  command?.outputHelp()
  return text
}

test.each(Object.entries<CommandSpec>(COMMANDS))('%s --help shows all that the table says', (path, spec) => {
  const help = helpOf(path)
  const flat = help.replace(/\s+/g, ' ')
  expect(help).toContain(`Usage: scriptbench ${path}`)
  expect(flat).toContain(spec.summary)
  for (const [key, option] of Object.entries(spec.options ?? {})) {
    expect(help).toMatch(new RegExp(`^ {2}${flagOf(key, option)}\\b`, 'm'))
    expect(flat).toContain(option.help)
  }
  for (const argument of Object.values(spec.arguments ?? {})) expect(flat).toContain(argument.help)
  for (const example of spec.examples) expect(help).toContain(`  scriptbench ${example}\n`)
  for (const [code, text] of Object.entries(spec.exitCodes ?? {})) expect(flat).toContain(`${code} ${text}`)
})

test('the help of the program names every command, group and exit code', () => {
  const help = recorded().program.helpInformation()
  const words = new Set(Object.keys(COMMANDS).map(path => path.split(' ')[0]))
  for (const word of [...words, ...Object.keys(GROUPS)]) expect(help).toMatch(new RegExp(`^ {2}${word}\\b`, 'm'))
  const { program } = recorded()
  let text = ''
  program.configureOutput({
    writeOut: part => {
      text += part
    },
  })
  program.outputHelp()
  for (const code of new Set(Object.values(EXIT))) expect(text).toMatch(new RegExp(`^ {2}${code} +\\S`, 'm'))
})

test('an action gets arguments and options by their names', async () => {
  const { program, calls } = recorded()
  const words = ['replay', 'reports/demo', '--script', 't1.s1']
  await program.parseAsync(words, { from: 'user' })
  expect(calls).toEqual([
    { name: 'replay', args: { run: 'reports/demo', trialId: undefined }, options: { script: 't1.s1' } },
  ])
})

test('a command of a group, with several words and defaults', async () => {
  const { program, calls } = recorded()
  await program.parseAsync(['compare', 'a', 'b', '--by', 'stratum'], { from: 'user' })
  await program.parseAsync(['tasks', 'new', 'fix'], { from: 'user' })
  expect(calls).toEqual([
    { name: 'compare', args: { runs: ['a', 'b'] }, options: { by: ['stratum'], format: ['terminal'] } },
    { name: 'tasks new', args: { id: 'fix' }, options: { dir: 'fixtures/tasks' } },
  ])
})
