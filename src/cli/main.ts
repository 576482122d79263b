import { buildProgram, type LoadAction } from './build-program.ts'
import type { Action, CommandName } from './options/command-table.ts'
import { runProgram } from './run-program.ts'

const ACTIONS: { [Name in CommandName]: () => Promise<Action<Name>> } = {
  init: async () => (await import('./commands/init.ts')).init,
  run: async () => (await import('./commands/run.ts')).run,
  report: async () => (await import('./commands/report.ts')).report,
  plan: async () => (await import('./commands/plan.ts')).plan,
  compare: async () => (await import('./commands/compare.ts')).compare,
  gate: async () => (await import('./commands/gate.ts')).gate,
  aa: async () => (await import('./commands/aa.ts')).aa,
  import: async () => (await import('./commands/import.ts')).importOutcomes,
  view: async () => (await import('./commands/view.ts')).view,
  trial: async () => (await import('./commands/trial.ts')).trial,
  replay: async () => (await import('./commands/replay.ts')).replay,
  'tasks list': async () => (await import('./commands/tasks/list.ts')).list,
  'tasks show': async () => (await import('./commands/tasks/show.ts')).show,
  'tasks validate': async () => (await import('./commands/tasks/validate.ts')).validate,
  'tasks new': async () => (await import('./commands/tasks/new.ts')).newTask,
  'tasks from-commit': async () => (await import('./commands/tasks/from-commit.ts')).fromCommit,
  script: async () => (await import('./commands/script.ts')).script,
  tool: async () => (await import('./commands/tool.ts')).tool,
  'models list': async () => (await import('./commands/models/list.ts')).list,
  'models check': async () => (await import('./commands/models/check.ts')).check,
  'ports check': async () => (await import('./commands/ports/check.ts')).check,
  'ports compare': async () => (await import('./commands/ports/compare.ts')).compare,
  'ports init': async () => (await import('./commands/ports/init.ts')).init,
  'ports record': async () => (await import('./commands/ports/record.ts')).record,
  'ports fuzz': async () => (await import('./commands/ports/fuzz.ts')).fuzzPort,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
}

await runProgram(() => buildProgram(name => ACTIONS[name]() as ReturnType<LoadAction>))
