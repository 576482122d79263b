import { Command, CommanderError } from 'commander'
import { UserError } from '../contracts/errors.ts'
import { EXIT } from '../contracts/exit-codes.ts'
import { packageVersion } from '../run/package-version.ts'
import { addBenchCommand } from './bench-command.ts'
import { addDoctorCommand } from './doctor-command.ts'
import { addInitCommand } from './init-command.ts'
import { addModelsCommand } from './models-command.ts'
import { addReportCommand } from './report-command.ts'
import { addRunCommand } from './run-command.ts'
import { addScriptCommand } from './script-command.ts'
import { addTasksCommand } from './tasks-command.ts'
import { addToolCommand } from './tool-command.ts'
import { addTrialCommand } from './trial-command.ts'

const program = new Command('scriptbench')
  .description("Measures how a coding agent's harness mode changes what a model does.")
  .version(packageVersion())
  .showHelpAfterError('(see --help)')
  .configureHelp({ showGlobalOptions: false })
  .addHelpText(
    'after',
    '\nExample:\n  scriptbench run suites/demo.yaml\n\nExit codes: 0 done, 1 usage or configuration, 4 infrastructure failures left trials unscored, 5 nothing ran, 130 interrupted.',
  )
  .exitOverride()

for (const add of [
  addInitCommand,
  addRunCommand,
  addReportCommand,
  addTrialCommand,
  addTasksCommand,
  addScriptCommand,
  addToolCommand,
  addModelsCommand,
  addDoctorCommand,
  addBenchCommand,
]) {
  add(program)
}

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
  process.stderr.write(
    `This is a defect of scriptbench; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return EXIT.usage
}
