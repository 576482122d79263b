import type { CommandSpec, OptionSpec } from '../../../src/cli/options/command-spec.ts'
import { flagOf } from '../../../src/cli/options/command-spec.ts'
import { COMMANDS } from '../../../src/cli/options/command-table.ts'
import type { OptionCase } from './option-case.ts'
import { OPTION_CASES } from './option-cases.ts'

export interface TableOption {
  command: string
  key: string
  /** As in `run --models`. */
  title: string
  spec: OptionSpec
  /** Only a table that was forced past the type checker lacks one. */
  tried: OptionCase | undefined
}

/** Their options start many processes: the effects are tried by `npm run test:long`. */
const SLOW_COMMANDS = ['ports check', 'tasks validate', 'replay']

export function isSlow({ command, tried }: TableOption): boolean {
  return tried?.isSlow === true || SLOW_COMMANDS.includes(command)
}

/** All options of the table, each with its end-to-end test. */
export const EVERY_OPTION: readonly TableOption[] = Object.entries<CommandSpec>(COMMANDS).flatMap(([command, spec]) =>
  Object.entries(spec.options ?? {}).map(([key, option]) => {
    const cases: Record<string, OptionCase> = OPTION_CASES[command as keyof typeof OPTION_CASES]
    return { command, key, title: `${command} ${flagOf(key, option)}`, spec: option, tried: cases[key] }
  }),
)
