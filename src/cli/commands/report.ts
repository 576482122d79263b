import { UserError } from '../../contracts/errors.ts'
import type { Action } from '../options/command-table.ts'
import { printLine } from '../terminal/print.ts'
import { runProblem } from '../terminal/run-problem.ts'

/** The logs are read once, whatever is made of them. */
export const report: Action<'report'> = async ({ run: runDir }, { format, against }) => {
  const { loadDocument } = await import('../../report/document/load-document.ts')
  const { renderTerminal } = await import('../../report/formats/terminal.ts')
  const { writeDocument } = await import('../../report/formats/write-reports.ts')
  const document = await loadDocument(runDir, against)
  if (!document.ok) throw runProblem(document.error.message)
  if (format.includes('terminal')) printLine(renderTerminal(document.value))
  const formats = format.filter(name => name !== 'terminal')
  const written = await writeDocument({ runDir, formats, document: document.value })
  if (!written.ok) throw new UserError('run-invalid', written.error.message)
  for (const file of written.value) printLine(`wrote ${file}`)
}
