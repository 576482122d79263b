import type { Command } from 'commander'
import { addPortsCheckCommand } from './ports-check-command.ts'
import { addPortsCompareCommand } from './ports-compare-command.ts'
import { addPortsFuzzCommand } from './ports-fuzz-command.ts'
import { addPortsInitCommand } from './ports-init-command.ts'
import { addPortsMutateCommand } from './ports-mutate-command.ts'
import { addPortsRecordCommand } from './ports-record-command.ts'

export function addPortsCommand(program: Command): void {
  const ports = program
    .command('ports')
    .description("hold ports of Codex's tools against the recorded behaviour of the real program")
    .addHelpText('after', '\nExample:\n  scriptbench ports check')
  addPortsCheckCommand(ports)
  addPortsCompareCommand(ports)
  addPortsInitCommand(ports)
  addPortsRecordCommand(ports)
  addPortsFuzzCommand(ports)
  addPortsMutateCommand(ports)
}
