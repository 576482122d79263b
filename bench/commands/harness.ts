import type { Command } from 'commander'
import { wholeNumber } from '../../src/cli/options/parsers.ts'
import { printJson, printLine, printNote } from '../../src/cli/terminal/print.ts'
import { describeHarness } from '../harness/describe-harness.ts'
import { measureHarness } from '../harness/measure-harness.ts'

const ROUNDS = 5

export function addHarnessCommand(bench: Command): void {
  bench
    .command('harness')
    .description('time per turn, trials per minute, start-up and memory, with a model that answers immediately')
    .option('--rounds <n>', 'how often to measure everything', wholeNumber(1), ROUNDS)
    .option('--json', 'print JSON only on stdout')
    .addHelpText('after', '\nExample:\n  npm run bench -- harness --rounds 10')
    .action(async ({ rounds, json }: { rounds: number; json?: true }) => {
      if (!json) printNote('measuring; takes about half a minute; keep the machine idle')
      const report = await measureHarness({ rounds })
      if (json) printJson(report)
      else printLine(describeHarness(report))
    })
}
