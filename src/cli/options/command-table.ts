import type { ArgumentValues, CommandSpec, OptionValues } from './command-spec.ts'
import { PORT_TABLE } from './port-table.ts'
import { REPORT_TABLE } from './report-table.ts'
import { RUN_TABLE } from './run-table.ts'
import { TASK_TABLE } from './task-table.ts'

const { init, run, plan, ...afterRun } = RUN_TABLE

/** Every command with its arguments and options, in the order of the help. `tasks list` is `list` of the group `tasks`. */
export const COMMANDS = { init, run, ...REPORT_TABLE, plan, ...afterRun, ...TASK_TABLE, ...PORT_TABLE } as const

export type CommandName = keyof typeof COMMANDS

/** Words that group several commands. */
export const GROUPS = {
  tasks: { summary: 'list, show, prove and create tasks', examples: ['tasks validate "date-*" --repeat 3'] },
  models: {
    summary: 'show what model specs resolve to, and whether they answer',
    examples: ['models check openai-compatible/qwen3@http://localhost:11434/v1'],
  },
  ports: {
    summary: "check ports of Codex's tools against the recorded behaviour of upstream",
    examples: ['ports check'],
  },
} as const satisfies Record<string, CommandSpec>

type Part<Name extends CommandName, Key> =
  (typeof COMMANDS)[Name] extends Record<Key & string, infer Specs> ? Specs : Record<never, never>

export type OptionsOf<Name extends CommandName> = OptionValues<Part<Name, 'options'>>
export type ArgumentsOf<Name extends CommandName> = ArgumentValues<Part<Name, 'arguments'>>

/** What a command does with its arguments and options, both by name. */
export type Action<Name extends CommandName> = (
  args: ArgumentsOf<Name>,
  options: OptionsOf<Name>,
) => void | Promise<void>
