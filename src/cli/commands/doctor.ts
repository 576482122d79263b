import { examineMachine } from '../../run/single/doctor.ts'
import type { Action } from '../options/command-table.ts'
import { printJson, printLine } from '../terminal/print.ts'

export const doctor: Action<'doctor'> = async (_, { json }) => {
  const findings = await examineMachine(process.env)
  if (json) return printJson({ findings })
  for (const { name, isThere, detail, lack } of findings) {
    printLine(`${isThere ? '✓' : '✗'} ${name}: ${detail}`)
    if (lack !== undefined) printLine(`    ${lack}`)
  }
}
