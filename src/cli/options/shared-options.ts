import type { ArgumentSpec, OptionSpec } from './command-spec.ts'
import { wholeNumber } from './parsers.ts'

/** Options that several commands have. */
export const JSON_OUTPUT = { help: 'print JSON only on stdout' } as const satisfies OptionSpec

export const SANDBOX = {
  value: 'mechanism',
  choices: ['auto', 'bubblewrap', 'none'],
  help: 'how to confine commands',
} as const satisfies OptionSpec

export const WORKSPACE = { value: 'dir', isRequired: true, help: 'the folder to work on' } as const satisfies OptionSpec

export const CONCURRENCY = {
  value: 'n',
  parse: wholeNumber(1),
  default: 4,
  help: 'how many blocks run at the same time',
} as const satisfies OptionSpec

/** Arguments that several commands have. */
export const RUN = { help: "a run's folder" } as const satisfies ArgumentSpec
export const SUITE = { help: 'a suite file, e.g. suites/demo.yaml' } as const satisfies ArgumentSpec
