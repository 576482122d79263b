import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { aligned } from '../../base/text-table.ts'
import { EXIT } from '../../contracts/exit-codes.ts'
import type { Task } from '../../contracts/task.ts'
import { findTasks, listTasks } from '../../run/single/find-tasks.ts'
import { type TaskValidation, validateTasks } from '../../run/single/validate-tasks.ts'
import { leaveOutUnrunnable } from '../../run/suite/plan-run.ts'
import { taskFromCommit } from '../../suite/commit/task-from-commit.ts'
import { createTaskSkeleton } from '../../suite/task/create-task-skeleton.ts'
import { OPTIONS, wholeNumber } from '../options.ts'
import { abortOnInterrupt } from '../terminal/interrupt.ts'
import { printJson, printLine, printNote } from '../terminal/print.ts'

interface TaskFlags {
  suite?: string
  dir?: string
  json?: true
}

const DIR = ['--dir <folder>', 'where the task folders lie (default: fixtures/tasks)'] as const

export function addTasksCommand(program: Command): void {
  const tasks = program
    .command('tasks')
    .description('list, show, prove and make tasks')
    .addHelpText('after', '\nExample:\n  scriptbench tasks validate "date-*" --repeat 3')
  addListCommand(tasks)
  addShowCommand(tasks)
  addValidateCommand(tasks)
  addNewCommand(tasks)
  addFromCommitCommand(tasks)
}

function addListCommand(tasks: Command): void {
  tasks
    .command('list')
    .argument('[glob]', 'only ids that match')
    .description('the ids, strata and sources of tasks')
    .addOption(OPTIONS.suite())
    .option(...DIR)
    .addOption(OPTIONS.json())
    .addHelpText('after', '\nExample:\n  scriptbench tasks list --json')
    .action(async (glob: string | undefined, flags: TaskFlags) => {
      const rows = (await listTasks({ ...flags, glob })).map(({ id, stratum, source }) => ({
        id,
        stratum,
        source: source.kind === 'npm' ? `npm:${source.package}@${source.version}` : 'folder',
      }))
      if (flags.json) return printJson({ tasks: rows })
      const cells = rows.map(({ id, stratum, source }) => [id, stratum, source])
      printLine(aligned(cells, { align: ['start', 'start', 'start'] }))
    })
}

function addShowCommand(tasks: Command): void {
  tasks
    .command('show')
    .argument('<glob>', 'an id')
    .description('one task in full: what is asked, what counts')
    .addOption(OPTIONS.suite())
    .option(...DIR)
    .addOption(OPTIONS.json())
    .addHelpText('after', '\nExample:\n  scriptbench tasks show date-add-months')
    .action(async (glob: string, flags: TaskFlags) => {
      const found = await findTasks({ ...flags, glob })
      if (flags.json) return printJson({ tasks: found })
      for (const task of found) showTask(task)
    })
}

function showTask(task: Task): void {
  printLine(`${task.id}  (${task.stratum}, cluster ${task.cluster}, digest ${task.digest.slice(0, 12)})`)
  const facts = {
    calls: task.callsMin === undefined ? undefined : `at least ${task.callsMin} a look`,
    looks: task.looksMin === undefined ? undefined : `at least ${task.looksMin}`,
    license: task.license,
    requires: task.requires.join(', '),
    protect: task.protect.join(', '),
    touches: task.touches?.join(', '),
    workspace: task.workspaceDir,
  }
  for (const [name, value] of Object.entries(facts)) if (value) printLine(`  ${name}: ${value}`)
  for (const step of task.steps) {
    printLine(`\n── ${step.name} (${step.solution.length} looks in the solution) ──`)
    printLine(step.instruction.trim())
  }
}

function addValidateCommand(tasks: Command): void {
  tasks
    .command('validate')
    .argument('[glob]', 'only ids that match')
    .description('prove each task: oracle solves it in every mode, nop never does')
    .addOption(OPTIONS.suite())
    .option(...DIR)
    .option('--repeat <n>', 'how often each player plays', wholeNumber(1), 1)
    .addOption(OPTIONS.sandbox())
    .addOption(OPTIONS.json())
    .addHelpText('after', '\nExample:\n  scriptbench tasks validate --repeat 3')
    .action(validateAction)
}

interface ValidateFlags extends TaskFlags {
  repeat: number
  sandbox?: 'auto' | 'bubblewrap' | 'none'
}

async function validateAction(glob: string | undefined, flags: ValidateFlags): Promise<void> {
  const { usable, leftOut } = await leaveOutUnrunnable(await findTasks({ ...flags, glob }), process.env)
  const interrupt = abortOnInterrupt()
  for (const { task, reason } of leftOut) printNote(`left out: ${task} (${reason})`)
  const validations = await validateTasks({
    tasks: usable,
    repeats: flags.repeat,
    sandbox: flags.sandbox ?? 'auto',
    onTask: validation => !flags.json && printLine(describe(validation)),
    signal: interrupt.signal,
  })
  interrupt.release()
  const invalid = validations.filter(validation => !validation.isValid)
  if (flags.json) printJson({ ok: invalid.length === 0, validations, leftOut })
  else
    printLine(
      `${validations.length - invalid.length} of ${validations.length} tasks are proven, each player ${flags.repeat} ×`,
    )
  if (interrupt.wasInterrupted()) process.exitCode = EXIT.interrupted
  else if (validations.length === 0) process.exitCode = EXIT.nothingRan
  else if (invalid.length > 0) process.exitCode = EXIT.usage
}

function describe({ task, isValid, proofs }: TaskValidation): string {
  if (isValid) return `✓ ${task}`
  const wrong = proofs
    .filter(proof => !proof.isUnanimous)
    .map(({ player, mode, expected, outcomes }) => {
      const got = outcomes.map(outcome =>
        outcome.kind === 'failed' ? `failed (${outcome.cause.area}: ${outcome.cause.message})` : outcome.kind,
      )
      return `    ${player} in ${mode}: expected ${expected} every time, got ${got.join(', ')}`
    })
  return [`✗ ${task}`, ...wrong].join('\n')
}

function addNewCommand(tasks: Command): void {
  tasks
    .command('new')
    .argument('<id>', "the new task's id, e.g. fix-login")
    .description('a task skeleton that validates')
    .option('--dir <folder>', 'where the task folders lie', join('fixtures', 'tasks'))
    .addHelpText('after', '\nExample:\n  scriptbench tasks new fix-login && scriptbench tasks validate fix-login')
    .action(async (id: string, { dir }: { dir: string }) => {
      printLine(`made ${await createTaskSkeleton(resolve(dir), id)}`)
      printLine(
        `next: edit instruction.md, environment/workspace, tests and solution, then: scriptbench tasks validate ${id} --dir ${dir}`,
      )
    })
}

interface FromCommitFlags {
  test: string
  out: string
  id?: string
  testGlob?: string[]
}

function addFromCommitCommand(tasks: Command): void {
  tasks
    .command('from-commit')
    .argument('<repo>', 'a git repository')
    .argument('<sha>', 'the commit that mends something and brings a test')
    .description("make a task of a commit: its parent is the workspace, its tests are hidden, the rest is the oracle's")
    .requiredOption('--test <command>', 'runs the tests, e.g. "node --test"')
    .option('--test-glob <glob…>', 'files that count as tests (default: the usual names)')
    .option('--id <id>', 'id of the task (default: from the repository and the commit)')
    .option('--out <dir>', 'where the task folders lie', join('fixtures', 'tasks'))
    .addHelpText('after', '\nExample:\n  scriptbench tasks from-commit ../app 1f3c9e2 --test "npm test"')
    .action(fromCommitAction)
}

async function fromCommitAction(repo: string, sha: string, flags: FromCommitFlags): Promise<void> {
  const task = await taskFromCommit({
    repo,
    commit: sha,
    testCommand: flags.test,
    outDir: resolve(flags.out),
    ...(flags.testGlob && { testGlobs: flags.testGlob }),
    ...(flags.id && { id: flags.id }),
  })
  printLine(`made ${join(flags.out, task.id)}; proving it`)
  if (task.note) printLine(`note: ${task.note}`)
  await validateAction(task.id, { dir: flags.out, repeat: 1 })
  const instruction = join(flags.out, task.id, 'instruction.md')
  printLine(`next: read ${instruction}; it is the commit message and may give the solution away`)
}
