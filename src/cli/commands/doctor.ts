import type { Command } from 'commander'
import { examineMachine } from '../../run/single/doctor.ts'
import { OPTIONS } from '../options.ts'
import { printJson, printLine } from '../terminal/print.ts'

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('what this machine has, and what each lack costs')
    .addOption(OPTIONS.json())
    .addHelpText('after', '\nExample:\n  scriptbench doctor')
    .action(async ({ json }: { json?: true }) => {
      const findings = await examineMachine(process.env)
      if (json) return printJson({ findings })
      for (const { name, isThere, detail, lack } of findings) {
        printLine(`${isThere ? '✓' : '✗'} ${name}: ${detail}`)
        if (lack !== undefined) printLine(`    ${lack}`)
      }
    })
}
