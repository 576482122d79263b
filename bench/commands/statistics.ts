import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { wholeNumber } from '../../src/cli/options/parsers.ts'
import { printLine, printNote } from '../../src/cli/terminal/print.ts'
import { CALIBRATION_REPETITIONS, calibrate } from '../statistics/calibrate.ts'
import { calibrationMarkdown } from '../statistics/calibration-page.ts'

interface Options {
  repetitions: number
  json?: string
  markdown?: string
}

export function addStatisticsCommand(bench: Command): void {
  bench
    .command('statistics')
    .description('error rates and coverage of the default method on simulated data with a known truth')
    .requiredOption('--calibrate', 'simulate samples and analyse them; seeded')
    .option('--repetitions <n>', 'samples of each cell', wholeNumber(1), CALIBRATION_REPETITIONS)
    .option('--json <file>', 'write the report as JSON')
    .option('--markdown <file>', 'write the tables as Markdown')
    .addHelpText('after', '\nExample:\n  npm run bench -- statistics --calibrate --repetitions 1000')
    .action(async ({ repetitions, json, markdown }: Options) => {
      printNote('simulating; 4000 repetitions take one to four minutes')
      const report = calibrate({
        repetitions,
        onCell: ({ metric, tasks, trials, effectNoise, clusters }) =>
          printNote(`  ${metric}: ${tasks} tasks, ${trials} trials, effect noise ${effectNoise}, clusters ${clusters}`),
      })
      const page = calibrationMarkdown(report)
      printLine(page)
      if (json !== undefined) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`)
      if (markdown !== undefined) await writeFile(markdown, `${page}\n`)
    })
}
