import { type Command, CommanderError } from 'commander'
import { buildProgram } from '../../../src/cli/build-program.ts'
import { EXIT } from '../../../src/contracts/exit-codes.ts'
import type { CliResult } from '../../helpers/run-cli.ts'

/** How the command line ends where its parser refuses these words; nothing where a command would be loaded for them. */
export async function refusedByParser(words: readonly string[]): Promise<CliResult | undefined> {
  const printed = { stdout: '', stderr: '' }
  const program = buildProgram(async () => () => undefined)
  for (const command of withSubcommands(program))
    command.configureOutput({
      writeOut: text => {
        printed.stdout += text
      },
      writeErr: text => {
        printed.stderr += text
      },
    })
  try {
    await program.parseAsync(words, { from: 'user' })
    return undefined
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { exitCode: error.exitCode === 0 ? EXIT.done : EXIT.usage, ...printed }
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}
