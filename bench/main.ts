import { Command } from 'commander'
import { runProgram } from '../src/cli/run-program.ts'
import { addEngineCommand } from './commands/engine.ts'
import { addHarnessCommand } from './commands/harness.ts'
import { addPeersCommand } from './commands/peers.ts'
import { addReportCommand } from './commands/report.ts'
import { addStatisticsCommand } from './commands/statistics.ts'
import { addToolsCommand } from './commands/tools.ts'

const program = new Command('npm run bench --').description('What scriptbench itself costs, next to floors and peers.')
for (const add of [
  addHarnessCommand,
  addEngineCommand,
  addToolsCommand,
  addStatisticsCommand,
  addReportCommand,
  addPeersCommand,
]) {
  add(program)
}
await runProgram(() => program)
