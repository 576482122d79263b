import { Argument, Command } from 'commander'
import { EXIT } from '../contracts/exit-codes.ts'
import { packageVersion } from '../run/package-version.ts'
import { type ArgumentSpec, type CommandSpec, kebab } from './options/command-spec.ts'
import { COMMANDS, type CommandName, GROUPS } from './options/command-table.ts'
import { toOption } from './options/to-option.ts'

type AnyAction = (args: Record<string, unknown>, options: Record<string, unknown>) => void | Promise<void>

/** Loads the action of a command when it is asked for: start-up is what a user feels first. */
export type LoadAction = (name: CommandName) => Promise<AnyAction>

const EXIT_CODES: Record<number, string> = {
  [EXIT.done]: 'done',
  [EXIT.usage]: 'a mistake in options, files or configuration, or the system refused something',
  [EXIT.diverged]: 'a replay diverged, a port differs, or a gate found a regression',
  [EXIT.inconclusive]: 'a gate could not decide',
  [EXIT.failed]: 'trials failed outside the model',
  [EXIT.nothingRan]: 'nothing ran',
  [EXIT.defect]: 'a defect of scriptbench; please report it',
  [EXIT.interrupted]: 'interrupted',
}

/** The command line, made of the table of commands. */
export function buildProgram(load: LoadAction): Command {
  const program = new Command('scriptbench')
    .description("measure how a coding agent's harness mode changes what a model does")
    .version(packageVersion(), undefined, 'print the version')
    .helpOption(undefined, 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .showHelpAfterError('(see --help)')
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', after({ examples: ['run suites/demo.yaml'], exitCodes: EXIT_CODES }))
  for (const [path, spec] of Object.entries<CommandSpec>(COMMANDS)) {
    const name = path as CommandName
    const words = path.split(' ')
    const parent = words.length === 1 ? program : groupOf(program, words[0] as keyof typeof GROUPS)
    addCommand(parent, { word: words.at(-1) as string, spec, load: () => load(name) })
  }
  return program
}

function groupOf(program: Command, word: keyof typeof GROUPS): Command {
  const found = program.commands.find(command => command.name() === word)
  return found ?? describe(program.command(word), GROUPS[word])
}

interface Added {
  word: string
  spec: CommandSpec
  load(): Promise<AnyAction>
}

function addCommand(parent: Command, { word, spec, load }: Added): void {
  const command = describe(parent.command(word), spec)
  const names = Object.keys(spec.arguments ?? {})
  for (const name of names) command.addArgument(toArgument(name, spec.arguments?.[name] as ArgumentSpec))
  for (const [key, option] of Object.entries(spec.options ?? {})) command.addOption(toOption(key, option))
  command.action(async (...given: unknown[]) => {
    const act = await load()
    const args = Object.fromEntries(names.map((name, index) => [name, given[index]]))
    await act(args, command.opts())
  })
}

function describe(command: Command, spec: CommandSpec): Command {
  return command.description(spec.summary).addHelpText('after', after(spec))
}

function toArgument(key: string, { help, choices, default: value, isOptional, isList }: ArgumentSpec): Argument {
  const name = kebab(key) + (isList ? '...' : '')
  const argument = new Argument(isOptional || value !== undefined ? `[${name}]` : `<${name}>`, help)
  if (choices !== undefined) argument.choices(choices)
  return value === undefined ? argument : argument.default(value)
}

/** What follows the options in the help. */
function after({ notes, examples, exitCodes }: Pick<CommandSpec, 'notes' | 'examples' | 'exitCodes'>): string {
  const lines = examples.map(example => `  scriptbench ${example}`)
  const codes = Object.entries(exitCodes ?? {}).map(([code, text]) => `  ${code.padEnd(4)} ${text}`)
  return [
    ...(notes === undefined ? [] : ['', notes]),
    ...['', examples.length === 1 ? 'Example:' : 'Examples:', ...lines],
    ...(codes.length === 0 ? [] : ['', 'Exit codes:', ...codes]),
  ].join('\n')
}
