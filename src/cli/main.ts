import { Command, CommanderError } from 'commander'
import { UserError } from '../contracts/errors.ts'
import { EXIT } from '../contracts/exit-codes.ts'
import { packageVersion } from '../run/package-version.ts'

const program = new Command('scriptbench')
  .description("Measures how a coding agent's harness mode changes what a model does.")
  .version(packageVersion())
  .showHelpAfterError('(see --help)')
  .configureHelp({ showGlobalOptions: false })
  .addHelpText(
    'after',
    '\nExample:\n  scriptbench run suites/demo.yaml\n\nExit codes: 0 done, 1 usage or configuration, 2 a replay went another way, a port differs or a gate found a regression, 3 a gate could not decide, 4 infrastructure failures left trials unscored, 5 nothing ran, 130 interrupted.',
  )
  .exitOverride()

/** Each command is loaded when it is asked for: start-up is what a user feels first. */
const COMMANDS: Record<string, () => Promise<(program: Command) => void>> = {
  init: async () => (await import('./init-command.ts')).addInitCommand,
  run: async () => (await import('./run-command.ts')).addRunCommand,
  report: async () => (await import('./report-command.ts')).addReportCommand,
  plan: async () => (await import('./plan-command.ts')).addPlanCommand,
  compare: async () => (await import('./compare-command.ts')).addCompareCommand,
  gate: async () => (await import('./gate-command.ts')).addGateCommand,
  aa: async () => (await import('./aa-command.ts')).addAaCommand,
  import: async () => (await import('./import-command.ts')).addImportCommand,
  view: async () => (await import('./view-command.ts')).addViewCommand,
  trial: async () => (await import('./trial-command.ts')).addTrialCommand,
  replay: async () => (await import('./replay-command.ts')).addReplayCommand,
  tasks: async () => (await import('./tasks-command.ts')).addTasksCommand,
  script: async () => (await import('./script-command.ts')).addScriptCommand,
  tool: async () => (await import('./tool-command.ts')).addToolCommand,
  models: async () => (await import('./models-command.ts')).addModelsCommand,
  ports: async () => (await import('./ports-command.ts')).addPortsCommand,
  doctor: async () => (await import('./doctor-command.ts')).addDoctorCommand,
  bench: async () => (await import('./bench-command.ts')).addBenchCommand,
}

const [first = ''] = process.argv.slice(2)
const asked = Object.hasOwn(COMMANDS, first) ? [first] : first === '--version' ? [] : Object.keys(COMMANDS)
for (const name of asked) {
  const add = await COMMANDS[name]?.()
  add?.(program)
}

ignoreClosedPipes()
try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

/** Prints what went wrong. Only a defect of ours shows a stack trace. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof UserError) {
    process.stderr.write(`error: ${error.message}\n`)
    return error.code === 'nothing-to-run' ? EXIT.nothingRan : EXIT.usage
  }
  if (isSystemError(error)) {
    process.stderr.write(`error: ${error.message}\n`)
    return EXIT.usage
  }
  process.stderr.write(
    `This is a defect of scriptbench; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return EXIT.usage
}

/** A full disk, a missing right and the like are no defects of ours. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

/** `… | head` closes the pipe early: nobody reads on, which is no reason to lose a run. */
function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}
