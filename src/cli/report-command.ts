import { type Command, InvalidArgumentError } from 'commander'
import { REPORT_FORMATS, type ReportFormat } from '../report/write-reports.ts'
import { parseList } from './options.ts'
import { printLine } from './print.ts'
import { printTerminalReport } from './print-terminal-report.ts'
import { writeDocuments } from './write-documents.ts'

export function addReportCommand(program: Command): void {
  const known = ['terminal', ...REPORT_FORMATS]
  program
    .command('report')
    .argument('<run>', "a run's folder")
    .description("rebuild a run's documents from its logs alone")
    .option('--format <formats>', `any of ${known.join(', ')}`, text => parseFormats(text, known), known)
    .addHelpText('after', '\nExample:\n  scriptbench report reports/demo --format terminal,html')
    .action(async (runDir: string, { format }: { format: string[] }) => {
      const formats = format.filter((name): name is ReportFormat => name !== 'terminal')
      if (format.includes('terminal')) await printTerminalReport(runDir)
      for (const file of formats.length === 0 ? [] : await writeDocuments(runDir, formats)) printLine(`wrote ${file}`)
    })
}

function parseFormats(text: string, known: readonly string[]): string[] {
  const formats = parseList(text)
  const unknown = formats.find(name => !known.includes(name))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`unknown format "${unknown}"; expected any of ${known.join(', ')}`)
  return formats
}
