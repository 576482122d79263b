import type { Command } from 'commander'
import { describeHarness } from '../bench/describe-harness.ts'
import { measureHarness } from '../bench/harness-bench.ts'
import { OPTIONS, wholeNumber } from './options.ts'
import { printJson, printLine, printNote } from './print.ts'

const ROUNDS = 5

export function addBenchCommand(program: Command): void {
  const bench = program
    .command('bench')
    .description('what scriptbench itself costs, beside a floor')
    .addHelpText('after', '\nExample:\n  scriptbench bench harness')
  bench
    .command('harness')
    .description('milliseconds a turn, trials a minute, start-up and memory, with a model that answers at once')
    .option('--rounds <n>', 'how often everything is measured', wholeNumber(1), ROUNDS)
    .addOption(OPTIONS.json())
    .addHelpText('after', '\nExample:\n  scriptbench bench harness --rounds 10')
    .action(async ({ rounds, json }: { rounds: number; json?: true }) => {
      if (!json) printNote('measuring; expect about half a minute, and keep the machine quiet')
      const report = await measureHarness({ rounds })
      if (json) printJson(report)
      else printLine(describeHarness(report))
    })
}
