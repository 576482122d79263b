import { BUILT_IN_FACTORS } from '../../contracts/arm.ts'
import { SCRIPT_LIMITS_DEFAULT } from '../../contracts/script.ts'
import type { CommandSpec, OptionSpec } from './command-spec.ts'
import { parseJson, parseLimits, wholeNumber } from './parsers.ts'
import { JSON_OUTPUT, SANDBOX, WORKSPACE } from './shared-options.ts'

const TASKS_DIR = 'fixtures/tasks'

/** Where a command looks for tasks. */
const SOURCE = {
  suite: { value: 'file', help: 'use the tasks of this suite', conflicts: ['dir'] },
  dir: { value: 'folder', help: `the folder with the task folders (default: ${TASKS_DIR})` },
} as const satisfies Record<string, OptionSpec>

const NEW_TASK_DIR = { value: 'folder', default: TASKS_DIR, help: 'the folder for task folders' } as const

/** Commands for tasks, single scripts and tools, models and the machine. */
export const TASK_TABLE = {
  'tasks list': {
    summary: 'list the ids, strata and sources of tasks',
    arguments: { glob: { help: 'only ids that match', isOptional: true } },
    options: { ...SOURCE, json: JSON_OUTPUT },
    examples: ['tasks list --json'],
  },
  'tasks show': {
    summary: 'show tasks in full: the instruction and what counts',
    arguments: { glob: { help: 'an id' } },
    options: { ...SOURCE, json: JSON_OUTPUT },
    examples: ['tasks show date-add-months'],
  },
  'tasks validate': {
    summary: 'prove each task: oracle solves it in every mode, nop never does',
    arguments: { glob: { help: 'only ids that match', isOptional: true } },
    options: {
      ...SOURCE,
      repeat: { value: 'n', parse: wholeNumber(1), default: 1, help: 'how many times each player plays' },
      sandbox: SANDBOX,
      json: JSON_OUTPUT,
    },
    examples: ['tasks validate --repeat 3'],
    exitCodes: { 0: 'every task is proven', 1: 'a task is not proven, or a mistake in the options' },
  },
  'tasks new': {
    summary: 'create a task skeleton that validates',
    arguments: { id: { help: "the new task's id, e.g. fix-login" } },
    options: { dir: NEW_TASK_DIR },
    examples: ['tasks new fix-login && scriptbench tasks validate fix-login'],
  },
  'tasks from-commit': {
    summary: 'create a task from a commit: its parent is the workspace, its tests the verifier, the rest the solution',
    arguments: { repo: { help: 'a git repository' }, sha: { help: 'a commit that fixes something and adds a test' } },
    options: {
      test: { value: 'command', isRequired: true, help: 'the command that runs the tests, e.g. "node --test"' },
      testGlob: { value: 'globs', several: 'words', help: 'files that count as tests (default: the usual names)' },
      id: { value: 'id', help: 'id of the task (default: from the repository and the commit)' },
      out: NEW_TASK_DIR,
    },
    examples: ['tasks from-commit ../app 1f3c9e2 --test "npm test"'],
    exitCodes: { 0: 'the task is proven', 1: 'it is not proven, or a mistake in the options' },
  },
  script: {
    summary: 'run one script in the engine, with the tools, on a folder',
    arguments: { file: { help: 'a TypeScript program as a model would write it' } },
    options: {
      workspace: WORKSPACE,
      limits: {
        value: 'name=value,…',
        several: 'entries',
        parse: parseLimits,
        help: `limits: ${Object.keys(SCRIPT_LIMITS_DEFAULT).join(', ')}`,
      },
      sandbox: SANDBOX,
      typeCheck: {
        value: 'level',
        choices: BUILT_IN_FACTORS.typeCheck,
        default: 'off',
        help: "check the calls of tools with TypeScript's own checker first",
      },
      json: JSON_OUTPUT,
    },
    examples: ['script count.ts --workspace . --limits wallTimeMs=5000,toolCallsMax=50'],
  },
  tool: {
    summary: 'call one tool on a folder',
    arguments: { name: { help: 'exec, applyPatch, readFile, listDir, grepFiles or fileSearch' } },
    options: {
      args: { value: 'json', parse: parseJson, isRequired: true, help: "the call's arguments" },
      workspace: WORKSPACE,
      sandbox: SANDBOX,
      json: JSON_OUTPUT,
    },
    examples: [`tool grepFiles --args '{"pattern": "TODO"}' --workspace .`],
  },
  'models list': {
    summary: 'show what model specs resolve to',
    arguments: { spec: { help: 'one spec (default: every kind)', isOptional: true } },
    options: { json: JSON_OUTPUT },
    examples: ['models list'],
  },
  'models check': {
    summary: 'send one tiny request and show usage, latency and the served model',
    arguments: { spec: { help: 'e.g. openai/gpt-5.5' } },
    options: { json: JSON_OUTPUT },
    examples: ['models check anthropic/claude-opus-4-8'],
    exitCodes: { 0: 'the model answered', 4: 'it did not' },
  },
  doctor: {
    summary: 'check what this machine has, and what does not work without the rest',
    options: { json: JSON_OUTPUT },
    examples: ['doctor'],
  },
} as const satisfies Record<string, CommandSpec>
