import { type Command, Option } from 'commander'
import { parseList, wholeNumber } from '../../src/cli/options/parsers.ts'
import { abortOnInterrupt } from '../../src/cli/terminal/interrupt.ts'
import { printJson, printLine, printNote } from '../../src/cli/terminal/print.ts'
import { EXIT } from '../../src/contracts/exit-codes.ts'
import { describeReport, reportMarkdown } from '../report/describe-report.ts'
import { measureReport, REPORT_TRIALS } from '../report/measure-report.ts'

interface Options {
  trials: number[]
  json?: true
  markdown?: true
}

export function addReportCommand(bench: Command): void {
  bench
    .command('report')
    .description('time and memory of `scriptbench report` on synthetic runs of several sizes')
    .addOption(
      new Option('--trials <sizes>', 'trials of each run')
        .argParser(text => parseList(text).map(wholeNumber(1)))
        .default(REPORT_TRIALS, REPORT_TRIALS.join(',')),
    )
    .option('--json', 'print JSON only on stdout')
    .addOption(new Option('--markdown', 'print Markdown').conflicts('json'))
    .addHelpText('after', '\nExample:\n  npm run bench -- report --trials 1000,10000')
    .action(measure)
}

async function measure({ trials, json, markdown }: Options): Promise<void> {
  const interrupt = abortOnInterrupt()
  try {
    if (!json) printNote('measuring; 100000 trials take several minutes and some GB of temporary files')
    const report = await measureReport({
      trials,
      signal: interrupt.signal,
      onRow: row => printNote(`  ${row.trials} trials: ${(row.reportMs / 1000).toFixed(1)} s`),
    })
    if (json) printJson(report)
    else printLine(markdown ? reportMarkdown(report) : describeReport(report))
  } catch (error) {
    if (!interrupt.wasInterrupted()) throw error
    process.exitCode = EXIT.interrupted
  } finally {
    interrupt.release()
  }
}
