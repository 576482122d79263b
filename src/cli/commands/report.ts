import { type Command, InvalidArgumentError } from 'commander'
import { UserError } from '../../contracts/errors.ts'
import { REPORT_FORMATS, type ReportFormat } from '../../report/formats/write-reports.ts'
import { parseList } from '../options.ts'
import { printLine } from '../terminal/print.ts'
import { runProblem } from '../terminal/run-problem.ts'

interface ReportOptions {
  format: string[]
  against?: string
}

export function addReportCommand(program: Command): void {
  const known = ['terminal', ...REPORT_FORMATS]
  program
    .command('report')
    .argument('<run>', "a run's folder")
    .description("rebuild a run's documents from its logs alone")
    .option('--format <formats>', `any of ${known.join(', ')}`, text => parseFormats(text, known), known)
    .option('--against <run>', 'an earlier run: show first what got worse since then')
    .addHelpText('after', '\nExample:\n  scriptbench report reports/demo --format terminal,html')
    .action(report)
}

/** The logs are read once, whatever is made of them. */
async function report(runDir: string, { format, against }: ReportOptions): Promise<void> {
  const { loadDocument } = await import('../../report/document/load-document.ts')
  const { renderTerminal } = await import('../../report/formats/terminal.ts')
  const { writeDocument } = await import('../../report/formats/write-reports.ts')
  const document = await loadDocument(runDir, against)
  if (!document.ok) throw runProblem(document.error.message)
  if (format.includes('terminal')) printLine(renderTerminal(document.value))
  const formats = format.filter((name): name is ReportFormat => name !== 'terminal')
  const written = await writeDocument({ runDir, formats, document: document.value })
  if (!written.ok) throw new UserError('run-invalid', written.error.message)
  for (const file of written.value) printLine(`wrote ${file}`)
}

function parseFormats(text: string, known: readonly string[]): string[] {
  const formats = parseList(text)
  const unknown = formats.find(name => !known.includes(name))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`unknown format "${unknown}"; expected any of ${known.join(', ')}`)
  return formats
}
