import { openFolderToolbox } from '../../run/single/folder-toolbox.ts'
import type { Action } from '../options/command-table.ts'
import { printJson, printLine } from '../terminal/print.ts'

export const tool: Action<'tool'> = async ({ name }, { args, workspace, sandbox = 'auto', json }) => {
  const { toolbox } = await openFolderToolbox({ workspace, sandbox })
  const outcome = await toolbox.call({ callId: 'tool', tool: name, args })
  if (json) printJson(outcome)
  else printLine(outcome.ok ? outcome.text : `error (${outcome.error.code}): ${outcome.error.message}`)
}
