import type { Command } from 'commander'
import { addPortsCheckCommand } from './check.ts'
import { addPortsCompareCommand } from './compare.ts'
import { addPortsFuzzCommand } from './fuzz.ts'
import { addPortsInitCommand } from './init.ts'
import { addPortsRecordCommand } from './record.ts'

export function addPortsCommand(program: Command): void {
  const ports = program
    .command('ports')
    .description("compare ports of Codex's tools with the recorded behaviour of the real program")
    .addHelpText('after', '\nExample:\n  scriptbench ports check')
  addPortsCheckCommand(ports)
  addPortsCompareCommand(ports)
  addPortsInitCommand(ports)
  addPortsRecordCommand(ports)
  addPortsFuzzCommand(ports)
}
