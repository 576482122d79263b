import { UserError } from '../contracts/errors.ts'
import { loadReport } from '../report/load-report.ts'
import { renderTerminal } from '../report/terminal.ts'
import { printLine } from './print.ts'

export async function printTerminalReport(runDir: string): Promise<void> {
  const report = await loadReport(runDir)
  if (!report.ok) throw new UserError('run-invalid', report.error.message)
  printLine(renderTerminal(report.value))
}
