import { Command } from 'commander'
import { packageVersion } from '../run/package-version.ts'
import { runProgram } from './run-program.ts'

const program = new Command('scriptbench')
  .description("Measures how a coding agent's harness mode changes what a model does.")
  .version(packageVersion())
  .showHelpAfterError('(see --help)')
  .configureHelp({ showGlobalOptions: false })
  .addHelpText(
    'after',
    '\nExample:\n  scriptbench run suites/demo.yaml\n\nExit codes: 0 done, 1 usage or configuration, 2 a replay went another way, a port differs or a gate found a regression, 3 a gate could not decide, 4 infrastructure failures left trials unscored, 5 nothing ran, 130 interrupted.',
  )

/** Each command is loaded when it is asked for: start-up is what a user feels first. */
const COMMANDS: Record<string, () => Promise<(program: Command) => void>> = {
  init: async () => (await import('./commands/init.ts')).addInitCommand,
  run: async () => (await import('./commands/run.ts')).addRunCommand,
  report: async () => (await import('./commands/report.ts')).addReportCommand,
  plan: async () => (await import('./commands/plan.ts')).addPlanCommand,
  compare: async () => (await import('./commands/compare.ts')).addCompareCommand,
  gate: async () => (await import('./commands/gate.ts')).addGateCommand,
  aa: async () => (await import('./commands/aa.ts')).addAaCommand,
  import: async () => (await import('./commands/import.ts')).addImportCommand,
  view: async () => (await import('./commands/view.ts')).addViewCommand,
  trial: async () => (await import('./commands/trial.ts')).addTrialCommand,
  replay: async () => (await import('./commands/replay.ts')).addReplayCommand,
  tasks: async () => (await import('./commands/tasks.ts')).addTasksCommand,
  script: async () => (await import('./commands/script.ts')).addScriptCommand,
  tool: async () => (await import('./commands/tool.ts')).addToolCommand,
  models: async () => (await import('./commands/models.ts')).addModelsCommand,
  ports: async () => (await import('./commands/ports/ports.ts')).addPortsCommand,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctorCommand,
}

const [first = ''] = process.argv.slice(2)
const asked = Object.hasOwn(COMMANDS, first) ? [first] : first === '--version' ? [] : Object.keys(COMMANDS)
for (const name of asked) {
  const add = await COMMANDS[name]?.()
  add?.(program)
}

await runProgram(program)
