import type { CommandSpec, OptionSpec } from './command-spec.ts'
import { wholeNumber } from './parsers.ts'
import { JSON_OUTPUT } from './shared-options.ts'

const TOOL = { value: 'names', several: 'words', help: 'only these tools, e.g. applyPatch' } as const

const CORPUS = {
  value: 'files',
  several: 'words',
  help: 'files of recorded behaviour (default: those of the package)',
} as const satisfies OptionSpec

const PORT = {
  value: 'path-or-command',
  help: 'a module or a command (default: our own tools); see docs/ports.md',
} as const satisfies OptionSpec

const PROFILE = {
  value: 'version',
  help: 'only what one release did, 0.169 or 0.55 (default: every recorded release)',
} as const satisfies OptionSpec

const DIFFERS = 'a difference that is not listed'

/** Commands for ports of Codex's tools. */
export const PORT_TABLE = {
  'ports check': {
    summary: 'run every recorded case through a port and compare exit code, text, files and events',
    options: {
      tool: TOOL,
      corpus: CORPUS,
      port: PORT,
      profile: PROFILE,
      json: JSON_OUTPUT,
      junit: { value: 'file', help: 'also write the cases as JUnit XML' },
      baseline: { value: 'file', help: 'compare with what an earlier --json printed' },
    },
    examples: ['ports check --tool applyPatch --port ./my-tools.ts --profile 0.169'],
    exitCodes: { 0: 'no difference that is not listed', 2: `${DIFFERS}; with --baseline, a case is worse than before` },
  },
  'ports compare': {
    summary: 'compare two ports tool by tool: behaviour, features, size and speed',
    arguments: {
      portA: { help: 'a module, a command, or one of our own: built-in, built-in:0.169, built-in:0.55' },
      portB: { help: 'another one' },
    },
    options: {
      upstream: { value: 'release', help: 'first record the cases again with upstream, e.g. @openai/codex@0.169.0' },
      tool: TOOL,
      corpus: CORPUS,
      profile: PROFILE,
      json: JSON_OUTPUT,
      markdown: { value: 'file', help: 'also write the comparison as Markdown' },
    },
    examples: ['ports compare built-in:0.169 ./my-tools.ts --tool applyPatch'],
    exitCodes: { 0: 'compared, whatever the result', 5: 'upstream is not available here' },
  },
  'ports init': {
    summary: 'create an adapter and a CI workflow for a port of your own',
    arguments: { dir: { help: 'the root of your repository', default: '.' } },
    options: {
      tool: { ...TOOL, help: 'the tools it has: applyPatch (default), exec, readFile, listDir, …' },
      language: {
        value: 'name',
        choices: ['typescript', 'python'],
        default: 'typescript',
        help: 'the language of the adapter',
      },
    },
    examples: ['ports init --tool listDir readFile'],
  },
  'ports record': {
    summary: 'run recorded cases through a release of upstream and write down what it does',
    options: {
      upstream: {
        value: 'releases',
        several: 'words',
        isRequired: true,
        help: 'e.g. @openai/codex@0.169.0; kept in ~/.cache/scriptbench/upstream',
      },
      tool: TOOL,
      corpus: { ...CORPUS, help: 'files whose cases are run (default: those of the package)' },
      out: { value: 'file-or-folder', help: 'where to write the new files (default: the working directory)' },
      json: JSON_OUTPUT,
    },
    notes: 'Releases after 0.99 do not have exec, readFile, listDir and grepFiles.',
    examples: ['ports record --upstream @openai/codex@0.169.0 --tool applyPatch --out new.jsonl'],
    exitCodes: { 0: 'recorded', 5: 'nothing was recorded: upstream is not available here, or has no such tool' },
  },
  'ports fuzz': {
    summary: 'run generated cases through a port and upstream, and compare',
    options: {
      tool: {
        value: 'name',
        choices: ['applyPatch', 'heredoc', 'readFile', 'listDir'],
        default: 'applyPatch',
        help: 'the tool to try',
      },
      upstream: { value: 'release', help: 'e.g. @openai/codex@0.169.0 (default: that of the profile)' },
      profile: {
        value: 'version',
        choices: ['0.169', '0.55'],
        help: 'whose behaviour (default: 0.169, or 0.55 for its tools)',
      },
      port: PORT,
      runs: { value: 'n', parse: wholeNumber(1), default: 500, help: 'how many cases' },
      seed: {
        value: 'n',
        parse: wholeNumber(0),
        help: 'the same seed gives the same cases (default: a new one each time)',
      },
    },
    notes: 'Prints the smallest cases found that differ, as a corpus; listed deviations are only counted.',
    examples: [
      'ports fuzz --runs 2000 --port ./my-tools.ts > found.jsonl',
      'ports check --corpus found.jsonl --port ./my-tools.ts',
    ],
    exitCodes: {
      0: 'no difference that is not listed',
      2: DIFFERS,
      5: 'nothing was compared: upstream is not available here, or the port has no such tool',
    },
  },
} as const satisfies Record<string, CommandSpec>
