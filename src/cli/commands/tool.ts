import { type Command, InvalidArgumentError } from 'commander'
import type { JsonValue } from '../../contracts/json.ts'
import { openFolderToolbox } from '../../run/single/folder-toolbox.ts'
import { OPTIONS } from '../options.ts'
import { printJson, printLine } from '../terminal/print.ts'

interface ToolFlags {
  args: JsonValue
  workspace: string
  sandbox?: 'auto' | 'bubblewrap' | 'none'
  json?: true
}

export function addToolCommand(program: Command): void {
  program
    .command('tool')
    .argument('<name>', 'exec, applyPatch, readFile, listDir, grepFiles or fileSearch')
    .description('call one tool through the toolbox, over a folder')
    .requiredOption('--args <json>', "the call's arguments", parseArgs)
    .addOption(OPTIONS.workspace())
    .addOption(OPTIONS.sandbox())
    .addOption(OPTIONS.json())
    .addHelpText('after', `\nExample:\n  scriptbench tool grepFiles --args '{"pattern": "TODO"}' --workspace .`)
    .action(async (tool: string, { args, workspace, sandbox = 'auto', json }: ToolFlags) => {
      const { toolbox } = await openFolderToolbox({ workspace, sandbox })
      const outcome = await toolbox.call({ callId: 'tool', tool, args })
      if (json) printJson(outcome)
      else printLine(outcome.ok ? outcome.text : `error (${outcome.error.code}): ${outcome.error.message}`)
    })
}

function parseArgs(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch (error) {
    throw new InvalidArgumentError(`expected JSON: ${(error as Error).message}`)
  }
}
